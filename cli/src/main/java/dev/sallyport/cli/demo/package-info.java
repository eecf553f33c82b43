/** Server, agent and a first directive on this machine, with one command. */
@NullMarked
package dev.sallyport.cli.demo;

import org.jspecify.annotations.NullMarked;
