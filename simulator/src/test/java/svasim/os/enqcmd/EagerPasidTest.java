package svasim.os.enqcmd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.cpu.Architecture;
import svasim.cpu.Ia32Pasid;
import svasim.os.OsUnderTest;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.os.task.Task;
import svasim.units.Picoseconds;

/** A bind that writes the PASID register of every thread of its address space. */
class EagerPasidTest {
    private static final long NUMBER = Ia32Pasid.of(1);
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step COMPUTE = new Step.Compute(Picoseconds.ofMicros(500));
    private static final Step SLEEP = new Step.Sleep(Picoseconds.ofMicros(500));

    private OsUnderTest run(OsUnderTest.Setup setup, Step other) {
        OsUnderTest system = setup.cores(4).build();
        system.device("dev0");
        system.os()
                .add(
                        new ProcessSpec(
                                "app",
                                Map.of(),
                                new TreeMap<>(
                                        Map.of(
                                                "binder", Program.of(OPEN, SLEEP),
                                                "other", Program.of(other)))));
        system.os().add(new ProcessSpec("rest", Map.of(), Map.of("main", Program.of(COMPUTE))));
        return system.run();
    }

    private static OsUnderTest.Setup eager() {
        return new OsUnderTest.Setup().policy("x86-exit");
    }

    private static Task task(OsUnderTest system, String name) {
        return system.platform().scheduler().tasks().stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long register(OsUnderTest system, String name) {
        return task(system, name).extendedState().pasid();
    }

    @Test
    void shouldWriteRegisterOfThreadThatBinds() {
        assertEquals(NUMBER, register(run(eager(), COMPUTE), "app.binder"));
    }

    @Test
    void shouldInterruptCoreOfThreadThatRuns() {
        OsUnderTest system = run(eager(), COMPUTE);

        assertEquals(NUMBER, register(system, "app.other"));
        assertTrue(task(system, "app.other").pasidActivated());
    }

    @Test
    void shouldChangeSavedStateOfThreadThatSleeps() {
        assertEquals(NUMBER, register(run(eager(), SLEEP), "app.other"));
    }

    @Test
    void shouldLeaveThreadsOfOthersAlone() {
        assertEquals(Ia32Pasid.INITIAL, register(run(eager(), COMPUTE), "rest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86-mm", "linux-7.1", "intel-clear"})
    void shouldBeThatPolicysAlone(String lazy) {
        OsUnderTest system = run(new OsUnderTest.Setup().policy(lazy), COMPUTE);

        assertEquals(Ia32Pasid.INITIAL, register(system, "app.other"));
    }

    @Test
    void shouldWriteNoRegisterWhereThereIsNone() {
        OsUnderTest system = run(eager().architecture(Architecture.AARCH64), COMPUTE);

        assertFalse(system.recorder().steps().contains("load_pasid/find threads of mm"));
    }
}
