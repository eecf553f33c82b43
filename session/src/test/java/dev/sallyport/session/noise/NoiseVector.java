package dev.sallyport.session.noise;

import module java.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.protocol.json.JsonObject;

/** One published Noise test vector in cacophony's format, and how to check it from both ends. */
final class NoiseVector {
  private static final int MOST = 4096;

  private final JsonObject json;
  private final NoiseProtocol protocol;

  NoiseVector(JsonObject json) {
    this.json = json;
    String[] parts = name().split("_", -1);
    AeadAlgorithm aead = parts[3].equals("AESGCM") ? AeadAlgorithm.AES_GCM : AeadAlgorithm.CHACHA_POLY;
    this.protocol = new NoiseProtocol(NoisePatterns.named(parts[1]), Dh.jdk(), aead, HashAlgorithm.valueOf(parts[4]));
  }

  String name() {
    return json.string("protocol_name");
  }

  void check() {
    assertThat(protocol.name()).isEqualTo(name());
    try (HandshakeState initiator = end(Role.INITIATOR, "init_");
        HandshakeState responder = end(Role.RESPONDER, "resp_")) {
      List<JsonObject> messages = json.objects("messages", MOST);
      int handshakes = protocol.pattern().messages().size();
      for (int i = 0; i < handshakes; i++) {
        boolean fromInitiator = i % 2 == 0;
        exchange(messages.get(i), fromInitiator ? initiator : responder, fromInitiator ? responder : initiator,
            random(fromInitiator ? "init_ephemeral" : "resp_ephemeral"));
      }
      assertThat(initiator.handshakeHash()).isEqualTo(hex("handshake_hash"));
      assertThat(responder.handshakeHash()).isEqualTo(hex("handshake_hash"));
      transport(messages.subList(handshakes, messages.size()), handshakes, initiator.split(), responder.split());
    }
  }

  private static void exchange(JsonObject message, HandshakeState writer, HandshakeState reader, RandomSource random) {
    byte[] payload = bytes(message, "payload");
    byte[] expected = bytes(message, "ciphertext");
    byte[] out = new byte[expected.length];
    int end = writer.writePayload(payload, out, writer.writeTokens(out, 0, random));
    assertThat(Arrays.copyOf(out, end)).isEqualTo(expected);
    assertThat(reader.readPayload(out, reader.readTokens(out, 0))).isEqualTo(payload);
  }

  private void transport(List<JsonObject> messages, int before, List<CipherState> initiator,
      List<CipherState> responder) {
    for (int i = 0; i < messages.size(); i++) {
      int direction = protocol.pattern().oneWay() ? 0 : (before + i) % 2;
      byte[] payload = bytes(messages.get(i), "payload");
      byte[] expected = bytes(messages.get(i), "ciphertext");
      byte[] out = new byte[expected.length];
      List<CipherState> sender = direction == 0 ? initiator : responder;
      List<CipherState> receiver = direction == 0 ? responder : initiator;
      assertThat(sender.get(direction).encrypt(new byte[0], payload, out, 0)).isEqualTo(out.length);
      assertThat(out).isEqualTo(expected);
      assertThat(receiver.get(direction).decrypt(new byte[0], out, 0, out.length)).isEqualTo(payload);
    }
  }

  private HandshakeState end(Role role, String prefix) {
    HandshakeKeys keys = new HandshakeKeys();
    if (json.has(prefix + "static")) {
      keys.localStatic(StaticKeyPair.of(hex(prefix + "static")));
    }
    if (json.has(prefix + "remote_static")) {
      keys.remoteStatic(hex(prefix + "remote_static"));
    }
    if (json.has(prefix + "psks")) {
      json.strings(prefix + "psks", MOST, MOST).forEach(psk -> keys.presharedKey(HexFormat.of().parseHex(psk)));
    }
    return new HandshakeState(protocol, role, hex(prefix + "prologue"), keys);
  }

  private RandomSource random(String name) {
    return bytes -> System.arraycopy(hex(name), 0, bytes, 0, bytes.length);
  }

  private byte[] hex(String name) {
    return bytes(json, name);
  }

  private static byte[] bytes(JsonObject from, String name) {
    return HexFormat.of().parseHex(from.string(name, MOST));
  }
}
