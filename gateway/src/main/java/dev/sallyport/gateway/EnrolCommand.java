package dev.sallyport.gateway;

import java.net.InetAddress;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.enrol.EnrolRequest;
import dev.sallyport.session.rolling.ServerSecrets;

/**
 * A stranger with a live token has confirmed the handshake and asks to become a machine.
 *
 * @param agentStatic its static key, 32 bytes
 * @param tokenId the token's id, 16 bytes; its secret was proven
 * @param secrets the first row of the new machine; its floor is the attempt
 * @param request what the machine says of itself, its signature checked; hostile text
 * @param remote where the connection comes from
 */
public record EnrolCommand(Bytes agentStatic, Bytes tokenId, ServerSecrets secrets, EnrolRequest request,
    InetAddress remote) {}
