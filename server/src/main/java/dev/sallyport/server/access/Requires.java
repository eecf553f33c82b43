package dev.sallyport.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permission a controller method needs. Every controller method carries this or {@link Open}; one without keeps the
 * server from starting.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

  /** The class of action the caller must hold; where the body decides more, the method asks {@link Gate} again. */
  ActionClass value();

  /** For what the caller must hold it. */
  Reach reach() default Reach.EVERYTHING;
}
