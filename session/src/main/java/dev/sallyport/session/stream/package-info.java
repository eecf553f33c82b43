/**
 * Streams inside a session: many flows over one link, each with credit, under keys that are replaced as they age. Start
 * at {@link dev.sallyport.session.stream.Session}; it says who may call what, and which lock guards what.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 * <li><b>Credit counts whole DATA frames</b>, header included. Counting bodies alone would let a peer fill our heap with
 * one-byte frames for a byte of credit each, and with empty ones for nothing.
 * <li><b>ACK is understood and not sent.</b> A session lives as long as its link and every link delivers in order, so
 * nothing is ever sent again and no ciphertext is kept. What ACKs could still do is bounded already: DATA by credit,
 * answers by {@link dev.sallyport.session.stream.SessionLimits#MAX_CONTROL_QUEUE_BYTES}, both of which measure what the
 * peer has <i>read</i> and not merely received. An ACK a second after each PONG would double what an idle agent costs.
 * The frame stays in the codec so that a later version may start sending it.
 * <li><b>A gap in the numbers is fatal, a repetition is dropped.</b> A message that is not authentic changes nothing here;
 * the host drops the link, and with it the session, because there is no resuming.
 * <li><b>Control verbs are an allow-list by role</b>: of seven verbs an agent may say CONFIRM, TLSINFO, REKEY_ID and CLOCK
 * to a server's host, and SWITCH to its session.
 * <li><b>Numbers are given out at OPEN, OPENs leave first.</b> So they rise on the wire, and a number that is missing from
 * the table is either late (dropped) or never given out (a violation).
 * </ul>
 */
@NullMarked
package dev.sallyport.session.stream;

import org.jspecify.annotations.NullMarked;
