package dev.sallyport.gateway;

import java.net.InetAddress;
import java.time.Instant;

import dev.sallyport.protocol.channel.AgentMessage;

/**
 * What is known about a link.
 *
 * @param remote where the connection comes from
 * @param transport the binding's word, {@code websocket}
 * @param inspectedBy who opens TLS between the agent and this server, by the name on the certificate shown to the agent; empty if nobody
 *   does. Hostile text
 * @param since when the agent was authenticated
 * @param epoch of the rolling secret that this session committed
 * @param description what the agent says of itself; hostile text
 */
public record LinkFacts(InetAddress remote, String transport, String inspectedBy, Instant since, long epoch,
    AgentMessage.Describe description) {}
