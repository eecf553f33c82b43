/** The web part's engine: Jetty on a Unix socket, Spring's dispatcher and security filters, each bean named here. */
@NullMarked
package dev.sallyport.server.app.web;

import org.jspecify.annotations.NullMarked;
