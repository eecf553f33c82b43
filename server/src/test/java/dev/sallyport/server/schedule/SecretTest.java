package dev.sallyport.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionContext;
import dev.sallyport.server.action.ActionDescription;
import dev.sallyport.server.action.Parameter;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.web.ProblemException;
import org.junit.jupiter.api.Test;

/** Schedules of orders that take secrets. */
class SecretTest extends ServerTest {
  @Override
  protected List<Action> actions() {
    return List.of(new Hush());
  }

  @Test
  void aScheduleKeepsNoSecret() {
    assertThatThrownBy(() -> make("{\"password\":\"open-sesame\"}")).isInstanceOf(ProblemException.class)
        .hasMessageContaining("cannot keep a secret");
    assertThat(make("{}").terms().name()).isEqualTo("nightly");
  }

  private Schedule make(String parameters) {
    server.enrol("web-1");
    return server.schedules.create(Terms.fromJson((JsonObject) Json.parse(
        "{\"name\":\"nightly\",\"cron\":\"@daily\",\"timeZone\":\"UTC\",\"order\":{\"action\":\"hush\",\"name\":\"*\","
            + "\"parameters\":" + parameters + "}}")),
        TestServer.OWNER);
  }

  private static final class Hush implements Action {
    @Override
    public ActionDescription description() {
      return new ActionDescription("hush", "Hush", "Takes a secret.", ActionClass.ACT,
          List.of(new Parameter.Secret("password", "Hidden.", false, 100)));
    }

    @Override
    public JsonObject run(ActionContext context) {
      return JsonObject.EMPTY;
    }
  }
}
