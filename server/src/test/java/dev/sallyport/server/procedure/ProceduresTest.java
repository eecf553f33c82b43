package dev.sallyport.server.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.Limits;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.RunProgram;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Role;
import dev.sallyport.server.action.Action;
import dev.sallyport.server.action.ActionConfiguration;
import dev.sallyport.server.action.Actions;
import dev.sallyport.server.directive.Order;
import dev.sallyport.server.directive.life.RunState;
import dev.sallyport.server.directive.record.Run;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.fake.FakeLink;
import dev.sallyport.server.fake.FakeMachine;
import dev.sallyport.server.fake.Script;
import dev.sallyport.server.fake.ServerTest;
import dev.sallyport.server.fake.TestServer;
import dev.sallyport.server.web.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Procedures on real databases with fake machines. */
class ProceduresTest extends ServerTest {
  private static final Operator OPERATOR = new Operator("account-2", "otto", Role.OPERATOR, "session-2");
  private static final String LOOP = """
      inputs:
        words: {type: list, default: [a]}
      steps:
        - action: command-output
          with: {argv: [uname]}
          as: system
        - for: word
          in: ${inputs.words}
          do:
            - action: command-output
              with: {argv: [echo, "${system.output}-${word}"]}
              as: said
        - return: ${said.output}
      """;

  private final AtomicReference<Actions> all = new AtomicReference<>();
  @SuppressWarnings("NullAway.Init") // set when the server starts
  private Procedures procedures;

  @Override
  protected List<Action> actions() {
    procedures = new Procedures(database, all::get, new Gate(_ -> Optional.empty(), clock), clock);
    try (var context = new AnnotationConfigApplicationContext(ActionConfiguration.class)) {
      var actions = new ArrayList<>(context.getBean(Actions.class).all());
      actions.add(new ProcedureAction(procedures, all::get));
      all.set(new Actions(actions));
      return actions;
    }
  }

  @BeforeEach
  void giveTheOwnerAnAccount() {
    database.write(sql -> sql.sql(
        """
            INSERT INTO account (id, name, role, password_hash, enabled, created) VALUES (?, 'olivia', 'owner', '', 1, 0)""")
        .param(TestServer.OWNER.account()).update());
  }

  @Test
  void aTextIsSavedAsAVersionThatNeverChanges() {
    ProcedureVersion one = save("loop", LOOP);
    assertThat(one.version()).isEqualTo(1);
    assertThat(one.accountName()).isEqualTo("olivia");
    assertThat(save("loop", LOOP)).as("the same text makes no version").isEqualTo(one);
    assertThat(save("loop", LOOP + "# more\n").version()).isEqualTo(2);
    assertThat(procedures.find("loop", 1)).contains(one);
    assertThat(procedures.all()).singleElement().extracting(ProcedureVersion::version).isEqualTo(2L);
    assertThat(procedures.versions("loop")).extracting(ProcedureVersion::version).containsExactly(2L, 1L);
    assertThatThrownBy(() -> procedures.save("loop", LOOP, 1, TestServer.OWNER)).isInstanceOf(ProblemException.class)
        .hasMessageContaining("somebody else");
  }

  @Test
  void whatIsDeletedIsFoundByItsVersionsOnly() {
    ProcedureVersion one = save("loop", LOOP);
    procedures.delete(one, TestServer.OWNER);
    assertThat(procedures.all()).isEmpty();
    assertThat(procedures.newest("loop")).isEmpty();
    assertThat(procedures.find("loop", 1)).contains(one);
    assertThatThrownBy(() -> give("{\"name\":\"loop\"}", "x")).hasMessageContaining("no procedure of this name");
    assertThat(save("loop", LOOP).version()).isEqualTo(2);
  }

  @Test
  void aWrongTextIsRefusedByItsPlace() {
    assertThatThrownBy(() -> save("wrong", "steps:\n- action: nope\n")).isInstanceOf(ProblemException.class)
        .hasMessageContaining("line 2, column 11");
    assertThatThrownBy(() -> save("schema", LOOP)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> save("../x", LOOP)).isInstanceOf(ProblemException.class);
  }

  @Test
  @DisplayName("T23 a procedure takes the right of each action in it, to save, to give and to delete")
  void rightsOfEachActionAreNeeded() {
    assertThatThrownBy(() -> procedures.save("loop", LOOP, -1, OPERATOR)).isInstanceOf(ProblemException.class)
        .hasMessageContaining("exec");
    ProcedureVersion saved = save("loop", LOOP);
    assertThatThrownBy(() -> procedures.delete(saved, OPERATOR)).isInstanceOf(ProblemException.class);
    FakeMachine machine = server.enrol("web-1");
    assertThatThrownBy(() -> server.directives.give(order("{\"name\":\"loop\"}", machine.id()), OPERATOR))
        .isInstanceOf(ProblemException.class).hasMessageContaining("exec");
    procedures.save("mild", "steps:\n- action: reboot\n", -1, OPERATOR);
    assertThat(server.directives.give(order("{\"name\":\"mild\"}", machine.id()), OPERATOR).action())
        .isEqualTo("procedure");
  }

  @Test
  void inputsAreJudgedWhenTheOrderIsGiven() {
    save("loop", LOOP);
    save("strict", "inputs:\n  n: {type: number}\n  p: {type: secret}\nsteps:\n- return: ${inputs.n}\n");
    assertThatThrownBy(() -> give("{\"name\":\"loop\",\"inputs\":{\"wrods\":\"a\"}}", "x"))
        .hasMessageContaining("it has words");
    assertThatThrownBy(() -> give("{\"name\":\"strict\"}", "x")).hasMessageContaining("needs this input");
    assertThatThrownBy(() -> give("{\"name\":\"strict\",\"inputs\":{\"n\":\"x\"},\"secrets\":{\"p\":\"q\"}}", "x"))
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().fix()).contains("whole number"));
    assertThatThrownBy(() -> give("{\"name\":\"loop\",\"version\":7}", "x"))
        .hasMessageContaining("newest version is 1");
  }

  @Test
  @DisplayName("wherever the link breaks, each action of a procedure happens once, in the version the order was given with")
  void eachActionHappensOnce() {
    save("loop", LOOP);
    int point = 1;
    while (brokenAt(point)) {
      point++;
    }
    assertThat(point).as("the link was cut at many places").isGreaterThan(8);
  }

  private boolean brokenAt(int point) {
    FakeMachine machine = server.enrol("web-" + point);
    List<String> did = Collections.synchronizedList(new ArrayList<>());
    machine.behave(operation -> {
      var program = (RunProgram) operation;
      did.add(program.argv().getLast());
      return Script.prints(program.argv().getFirst().equals("uname") ? "Linux\n" : program.argv().getLast() + "\n");
    });
    FakeLink link = server.prepare(machine);
    link.cutAtPoint(point);
    server.switchboard.up(link);
    String id = give("{\"name\":\"loop\",\"inputs\":{\"words\":\"x, y\"}}", machine.id());
    save("loop", LOOP + "#" + point + "\n");
    server.await("the run ended or the link broke", () -> run(machine, id).state().ended() || !link.isUp());
    boolean cut = !link.isUp();
    if (cut) {
      server.await("nothing goes on", () -> server.dispatcher.active() == 0);
      server.connect(machine);
    }
    server.await("it ended", () -> run(machine, id).state().ended());
    assertThat(run(machine, id).reason()).isEmpty();
    assertThat(run(machine, id).state()).isEqualTo(new RunState.Ended(Outcome.DONE));
    assertThat(run(machine, id).value().text())
        .isEqualTo("{\"actions\":3,\"failed\":0,\"value\":\"Linux-y\"}");
    assertThat(did).containsExactly("uname", "Linux-x", "Linux-y");
    assertThat(server.queries.find(id).orElseThrow().parameters().integer("version", 0, 99)).isEqualTo(point);
    return cut;
  }

  private ProcedureVersion save(String name, String source) {
    return procedures.save(name, source, -1, TestServer.OWNER);
  }

  private String give(String parameters, String machine) {
    return server.directives.give(order(parameters, machine), TestServer.OWNER).id();
  }

  private static Order order(String parameters, String machine) {
    return new Order("procedure", (JsonObject) Json.parse(parameters), new Order.Targets.Named(List.of(machine)),
        Duration.ofHours(1), Limits.DEFAULT);
  }

  private Run run(FakeMachine of, String id) {
    return server.database.read(sql -> new RunTable(sql).find(new RunKey(id, of.id())).orElseThrow());
  }
}
