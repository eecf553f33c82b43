package dev.sallyport.server.directive;

import java.util.Arrays;
import java.util.Optional;

import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.Confidential;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.directive.dispatch.SealedSecrets;
import dev.sallyport.server.directive.record.SecretTable;
import dev.sallyport.server.store.Vault;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the secrets of an order out of everything that is stored readable. */
final class DirectiveSecrets {
  private final Vault vault;

  DirectiveSecrets(Vault vault) {
    this.vault = vault;
  }

  /** The same giving, storing the order's secrets sealed beside the directive. */
  Giving beside(Giving giving, Confidential parameters) {
    if (parameters.secrets().isEmpty()) {
      return giving;
    }
    return giving.with((sql, directive) -> {
      giving.beside().store(sql, directive);
      parameters.secrets().forEach((name, secret) -> {
        new SecretTable(sql).insert(directive.id(), name,
            vault.seal(secret, SealedSecrets.place(directive.id(), name)));
        Arrays.fill(secret, (byte) 0);
      });
    });
  }

  /**
   * A copy of an order in which nothing is secret, for its fingerprint: a digest of a weak password would be a way to find it.
   *
   * @param action the order's, if there is such an action
   */
  static ObjectNode masked(ObjectNode order, Optional<Action> action) {
    ObjectNode copy = order.deepCopy();
    if (action.isPresent() && copy.get("parameters") instanceof ObjectNode parameters) {
      for (Parameter parameter : action.get().description().parameters()) {
        switch (parameter) {
          case Parameter.Secret secret when parameters.has(secret.name()) ->
            parameters.put(secret.name(), Parameter.Secret.SHOWN);
          case Parameter.SecretMap map when parameters.get(map.name()) instanceof ObjectNode values ->
            values.propertyNames().stream().toList().forEach(name -> values.put(name, Parameter.Secret.SHOWN));
          case Parameter.Secret _,Parameter.SecretMap _,Parameter.Text _,Parameter.TextList _,Parameter.TextMap _ -> {
          }
          case Parameter.Word _,Parameter.Words _,Parameter.Choice _,Parameter.Whole _,Parameter.Flag _ -> {
          }
        }
      }
    }
    return copy;
  }
}
