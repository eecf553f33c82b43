package dev.sallyport.server.app.web;

import java.time.InstantSource;

import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.account.Accounts;
import dev.sallyport.server.access.account.FirstOwner;
import dev.sallyport.server.access.account.Login;
import dev.sallyport.server.access.account.SetupController;
import dev.sallyport.server.access.route.OperatorStreams;
import dev.sallyport.server.access.route.RouteGuard;
import dev.sallyport.server.access.session.LiveSessions;
import dev.sallyport.server.access.session.SessionController;
import dev.sallyport.server.access.session.Sessions;
import dev.sallyport.server.access.token.TokenController;
import dev.sallyport.server.access.token.Tokens;
import dev.sallyport.server.audit.Audit;
import dev.sallyport.server.console.ConsoleController;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.EventStreams;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import tools.jackson.databind.json.JsonMapper;

/** The beans of access and console. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

  @Bean
  Gate gate() {
    return new Gate();
  }

  @Bean
  RouteGuard routeGuard(Gate gate) {
    return new RouteGuard(gate);
  }

  @Bean(destroyMethod = "shutDown")
  EventStreams eventStreams(JsonMapper json, InstantSource clock) {
    return new EventStreams(json, clock);
  }

  @Bean
  OperatorStreams operatorStreams(EventStreams streams) {
    return new OperatorStreams(streams);
  }

  @Bean
  Accounts accounts(Store store) {
    return new Accounts(store);
  }

  @Bean
  Login login(Accounts accounts, InstantSource clock, Audit audit) {
    return new Login(accounts, clock, audit);
  }

  @Bean
  LiveSessions liveSessions(EventStreams streams) {
    return new LiveSessions(streams);
  }

  @Bean
  Sessions sessions(Accounts accounts, LiveSessions live, SecurityContextRepository contexts, InstantSource clock) {
    return new Sessions(accounts, live, contexts, clock);
  }

  @Bean
  Tokens tokens(Store store, InstantSource clock, EventStreams streams) {
    return new Tokens(store, clock, streams);
  }

  @Bean
  SetupController setupController(FirstOwner firstOwner) {
    return new SetupController(firstOwner);
  }

  @Bean
  SessionController sessionController(Login login, Sessions sessions, CsrfTokenRepository csrfTokens) {
    return new SessionController(login, sessions, csrfTokens);
  }

  @Bean
  TokenController tokenController(Login login, Tokens tokens) {
    return new TokenController(login, tokens);
  }

  @Bean
  ConsoleController consoleController() {
    return new ConsoleController();
  }
}
