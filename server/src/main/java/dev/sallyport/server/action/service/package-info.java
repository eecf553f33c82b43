/** Services and processes. */
@NullMarked
package dev.sallyport.server.action.service;

import org.jspecify.annotations.NullMarked;
