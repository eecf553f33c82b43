package dev.sallyport.server.action;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/actions}: what can be asked for. */
@RestController
final class ActionController {
  private final Actions actions;

  ActionController(Actions actions) {
    this.actions = actions;
  }

  record Listed(List<ActionView> actions) {}

  record ActionView(String name, String title, String description, @JsonProperty("class") String actionClass,
      List<ParameterView> parameters) {}

  @Requires(value = ActionClass.READ, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/actions")
  Listed list() {
    return new Listed(actions.all().stream().map(Action::description).map(ActionController::view).toList());
  }

  private static ActionView view(ActionDescription action) {
    return new ActionView(action.name(), action.title(), action.description(), action.actionClass().word(),
        action.parameters().stream().map(ParameterView::of).toList());
  }
}
