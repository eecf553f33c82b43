package dev.sallyport.server.app.web;

import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.library.LibraryStatement;
import dev.sallyport.server.access.route.OperatorArgument;
import dev.sallyport.server.access.route.RouteCheck;
import dev.sallyport.server.access.route.RouteGuard;
import dev.sallyport.server.file.FileLimits;
import dev.sallyport.server.review.RecordingAdapter;
import dev.sallyport.server.review.RouteRecorder;
import dev.sallyport.server.web.BodyLimitFilter;
import dev.sallyport.server.web.Incidents;
import dev.sallyport.server.web.LastResortFilter;
import dev.sallyport.server.web.ProblemAdvice;
import dev.sallyport.server.web.ProblemWriter;
import dev.sallyport.server.web.StrictJson;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ExceptionHandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** Spring MVC with exactly one kind of route, controller methods, and one format, strict JSON. */
@Configuration(proxyBeanMethods = false)
class MvcConfiguration {

  /** Before Spring Security's filters, which stand at -100. */
  private static final int OUTERMOST = Ordered.HIGHEST_PRECEDENCE;

  @Bean
  JsonMapper json() {
    return StrictJson.mapper();
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  Incidents incidents() {
    return new Incidents();
  }

  @Bean
  ProblemAdvice problemAdvice(Incidents incidents) {
    return new ProblemAdvice(incidents);
  }

  @Bean
  FilterRegistrationBean<LastResortFilter> lastResort(ProblemWriter problems, Incidents incidents) {
    var bean = new FilterRegistrationBean<>(new LastResortFilter(problems, incidents));
    bean.setOrder(OUTERMOST);
    return bean;
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> bodyLimit(ProblemWriter problems) {
    var bean = new FilterRegistrationBean<>(new BodyLimitFilter(problems,
        Map.of("/api/v1/libraries", LibraryStatement.MAX_JAR_BYTES + 2L * LibraryStatement.MAX_ENVELOPE_BYTES,
            "/api/v1/files", FileLimits.MAX_BODY_BYTES)));
    bean.setOrder(OUTERMOST + 1);
    return bean;
  }

  @Bean
  DispatcherServlet dispatcherServlet() {
    var dispatcher = new DispatcherServlet();
    dispatcher.setPublishEvents(false);
    return dispatcher;
  }

  @Bean
  ServletRegistrationBean<DispatcherServlet> dispatcher(DispatcherServlet dispatcherServlet) {
    var bean = new ServletRegistrationBean<>(dispatcherServlet, "/");
    bean.setName("dispatcher");
    bean.setLoadOnStartup(1);
    return bean;
  }

  @Bean
  RequestMappingHandlerMapping routes(RouteGuard guard) {
    var routes = new RequestMappingHandlerMapping();
    routes.setInterceptors(guard);
    return routes;
  }

  @Bean
  RequestMappingHandlerAdapter routeAdapter(JsonMapper json, RouteRecorder recorder) {
    var initializer = new ConfigurableWebBindingInitializer();
    initializer.setConversionService(new DefaultFormattingConversionService());
    var adapter = new RecordingAdapter(recorder);
    adapter.setWebBindingInitializer(initializer);
    adapter.setMessageConverters(List.of(new JacksonJsonHttpMessageConverter(json)));
    adapter.setCustomArgumentResolvers(List.of(new OperatorArgument()));
    return adapter;
  }

  @Bean
  ExceptionHandlerExceptionResolver problemResolver(JsonMapper json) {
    var resolver = new ExceptionHandlerExceptionResolver();
    resolver.setMessageConverters(List.of(new JacksonJsonHttpMessageConverter(json)));
    resolver.setPreventResponseCaching(true);
    return resolver;
  }

  @Bean
  RouteCheck routeCheck(List<HandlerMapping> mappings) {
    return new RouteCheck(mappings);
  }
}
