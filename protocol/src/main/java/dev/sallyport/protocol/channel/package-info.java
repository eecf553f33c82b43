/**
 * What travels in the streams of a session: how an operation's stream opens and what its data means, and the messages of
 * the control stream.
 *
 * <p>Each side reads only what the other may say: {@link dev.sallyport.protocol.channel.AgentMessage} and {@link
 * dev.sallyport.protocol.channel.ServerMessage} have a reader each (incident T32).
 */
@NullMarked
package dev.sallyport.protocol.channel;

import org.jspecify.annotations.NullMarked;
