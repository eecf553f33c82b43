package dev.sallyport.server.app.web;

import java.time.InstantSource;

import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Places;
import dev.sallyport.server.access.Warrants;
import dev.sallyport.server.access.account.Accounts;
import dev.sallyport.server.access.account.FirstOwner;
import dev.sallyport.server.access.account.Login;
import dev.sallyport.server.access.account.NewPassword;
import dev.sallyport.server.access.account.SetupController;
import dev.sallyport.server.access.account.SourceLimit;
import dev.sallyport.server.access.grant.Grants;
import dev.sallyport.server.access.grant.StandingWarrants;
import dev.sallyport.server.access.route.OperatorStreams;
import dev.sallyport.server.access.route.RouteGuard;
import dev.sallyport.server.access.session.LiveSessions;
import dev.sallyport.server.access.session.SessionController;
import dev.sallyport.server.access.session.Sessions;
import dev.sallyport.server.access.token.TokenController;
import dev.sallyport.server.access.token.Tokens;
import dev.sallyport.server.access.user.GrantController;
import dev.sallyport.server.access.user.Invitations;
import dev.sallyport.server.access.user.Proof;
import dev.sallyport.server.access.user.UserController;
import dev.sallyport.server.access.user.Users;
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
  Gate gate(Places places, InstantSource clock) {
    return new Gate(places, clock);
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
  OperatorStreams operatorStreams(EventStreams streams, Gate gate) {
    return new OperatorStreams(streams, gate);
  }

  @Bean
  Accounts accounts(Store store) {
    return new Accounts(store);
  }

  @Bean
  Grants grants(Store store) {
    return new Grants(store);
  }

  @Bean
  Warrants warrants(Accounts accounts, Grants grants, Gate gate) {
    return new StandingWarrants(accounts, grants, gate);
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
  Sessions sessions(Accounts accounts, Grants grants, LiveSessions live, SecurityContextRepository contexts,
      InstantSource clock) {
    return new Sessions(accounts, grants, live, contexts, clock);
  }

  @Bean
  Tokens tokens(Store store, Grants grants, InstantSource clock, EventStreams streams) {
    return new Tokens(store, grants, clock, streams);
  }

  @Bean
  Invitations invitations(Store store, Accounts accounts, InstantSource clock) {
    return new Invitations(store, accounts, clock);
  }

  @Bean
  Users users(Store store, Accounts accounts, Invitations invitations, LiveSessions sessions, Tokens tokens,
      EventStreams streams, InstantSource clock) {
    return new Users(store, accounts, invitations, sessions, tokens, streams, clock);
  }

  @Bean
  UserController userController(Users users, Invitations invitations, Grants grants, Gate gate, Login login,
      InstantSource clock) {
    return new UserController(users, invitations, grants, gate, new Proof(login), new NewPassword(),
        new SourceLimit(clock));
  }

  @Bean
  GrantController grantController(Users users, Grants grants, Gate gate, Login login, EventStreams streams,
      InstantSource clock) {
    return new GrantController(users, grants, gate, new Proof(login), streams, clock);
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
