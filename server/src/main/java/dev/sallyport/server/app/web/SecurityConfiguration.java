package dev.sallyport.server.app.web;

import java.time.Duration;

import dev.sallyport.server.access.OperatorAuthentication;
import dev.sallyport.server.access.route.OriginFilter;
import dev.sallyport.server.access.session.SessionFilter;
import dev.sallyport.server.access.session.Sessions;
import dev.sallyport.server.access.token.TokenFilter;
import dev.sallyport.server.access.token.Tokens;
import dev.sallyport.server.web.Category;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemWriter;
import dev.sallyport.server.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Two chains of Spring Security's filters: one for requests with an Authorization header, which know no cookie and no
 * session, one for all others. They establish who asks; what that one may is the route guard's business.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {

  private static final int SECURITY_ORDER = -100;
  private static final Duration HSTS_LIFE = Duration.ofDays(365);
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  @Bean
  SecurityContextRepository contexts() {
    return new HttpSessionSecurityContextRepository();
  }

  @Bean
  CsrfTokenRepository csrfTokens() {
    return new HttpSessionCsrfTokenRepository();
  }

  @Bean
  @Order(1)
  SecurityFilterChain programs(HttpSecurity http, Tokens tokens, ProblemWriter problems) {
    return common(http, problems).securityMatcher(request -> request.getHeader(HttpHeaders.AUTHORIZATION) != null)
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterAfter(new TokenFilter(tokens), SecurityContextHolderFilter.class)
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain browsers(HttpSecurity http, Sessions sessions, SecurityContextRepository contexts,
      CsrfTokenRepository csrfTokens, ProblemWriter problems) {
    return common(http, problems)
        .securityContext(context -> context.securityContextRepository(contexts))
        .sessionManagement(management -> management.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .addFilterAfter(new SessionFilter(sessions), SecurityContextHolderFilter.class)
        .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens).csrfTokenRequestHandler(new HeaderOnly())
            .requireCsrfProtectionMatcher(SecurityConfiguration::changesBySession))
        .build();
  }

  /** The URL firewall's refusals look like any address that leads nowhere. */
  @Bean
  RequestRejectedHandler rejected(ProblemWriter problems) {
    return (request, response, rejection) -> problems.write(response, Problems.noRoute());
  }

  @Bean
  DelegatingFilterProxyRegistrationBean securityFilter() {
    var bean = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
    bean.setOrder(SECURITY_ORDER);
    return bean;
  }

  private static HttpSecurity common(HttpSecurity http, ProblemWriter problems) {
    return http.headers(SecurityConfiguration::headers)
        .addFilterBefore(new OriginFilter(problems), CsrfFilter.class)
        .anonymous(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .exceptionHandling(errors -> errors
            .authenticationEntryPoint((request, response, e) -> problems.write(response, Problem.unauthenticated()))
            .accessDeniedHandler((request, response, e) -> problems.write(response,
                new Problem(403, "csrf", Category.USER,
                    "The request does not show that it comes from the console's own page.", "",
                    "Reload the page and try again."))));
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers.contentSecurityPolicy(policy -> policy.policyDirectives(NOTHING))
        .httpStrictTransportSecurity(hsts -> hsts.maxAgeInSeconds(HSTS_LIFE.toSeconds()).includeSubDomains(false))
        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(
            policy -> policy.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"));
  }

  /** Whether the request changes something and is believed because of a cookie, which another site's page could send. */
  private static boolean changesBySession(HttpServletRequest request) {
    return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request) && OperatorAuthentication.current().isPresent();
  }

  /** Takes the token from its header alone: looking for a parameter would read the body. */
  private static final class HeaderOnly extends CsrfTokenRequestAttributeHandler {

    @Override
    public @Nullable String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken token) {
      return request.getHeader(token.getHeaderName());
    }
  }
}
