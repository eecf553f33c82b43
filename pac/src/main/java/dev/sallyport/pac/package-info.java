/**
 * A program that evaluates one proxy script and ends. It is started by an agent for each question, with little memory and little time, and
 * shares nothing with it but two pipes: the script is a stranger's, and so is in the end the interpreter that runs it.
 */
@NullMarked
package dev.sallyport.pac;

import org.jspecify.annotations.NullMarked;
