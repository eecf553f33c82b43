package dev.sallyport.server.action;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Finds every action in this package, and what shows them. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class ActionConfiguration {
}
