package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.os.OsUnderTest;
import svasim.os.SimpleDevice;
import svasim.os.defect.Defect;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.trace.Kind;

/** Binding: who gets which number, and who gets none. */
class BindTest {
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step EXIT = new Step.Exit();

    private static List<String> policies() {
        return Policies.all().stream().map(Policies.Policy::name).toList();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void shouldRefuseWithReasonOfIommuDriver(String policy) {
        var system = new OsUnderTest.Setup().policy(policy).build();
        SimpleDevice device = system.device("dev0");
        device.iommu().refuse("no prefix support");
        Process app = system.process("app", "", OPEN, EXIT);

        system.run();

        assertEquals(List.of("main: open dev0: no prefix support"), app.failures());
        assertEquals("no prefix support", system.recorder().of(Kind.BIND_REFUSED).get(0).subject());
        assertEquals(0, system.os().sva().pasidsInUse());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void shouldRefuseWhenNoNumberIsLeft(String policy) {
        var system = new OsUnderTest.Setup().policy(policy).build();
        SimpleDevice device = system.device("dev0");
        device.iommu().limit(1);
        Process app = system.process("app", "", OPEN, EXIT);

        system.run();

        assertTrue(app.failures().get(0).contains("no PASID is free"), app.failures().get(0));
    }

    @Test
    void shouldGiveLowestFreeNumbersSystemWide() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        Step wait = new Step.AwaitProcess("b");
        system.process("a", "", OPEN, wait, EXIT);
        system.process("b", "", OPEN, EXIT);

        var allocated = system.run().recorder().of(Kind.PASID_ALLOCATED);

        assertEquals(List.of(1L, 2L), allocated.stream().map(seen -> seen.a()).sorted().toList());
        assertEquals(0, allocated.get(0).c());
    }

    @Test
    void shouldShareBondOfSameDeviceAndAddressSpace() {
        var system = OsUnderTest.plain();
        SimpleDevice device = system.device("dev0");
        Bond[] bonds = new Bond[2];
        var mm = system.os().spaces().create("mm");
        var node = system.platform().references().node("test");
        mm.getUsers(node);
        var first = new BindRequest(device.device(), mm, node);
        var second = new BindRequest(device.device(), mm, node);

        system.os().boot();
        Calls.run(system, system.os().sva().bind(first));
        Calls.run(system, system.os().sva().bind(second));
        bonds[0] = first.bond();
        bonds[1] = second.bond();
        Calls.run(system, system.os().sva().unbind(bonds[0]));
        assertTrue(system.recorder().of(Kind.UNBOUND).isEmpty());
        Calls.run(system, system.os().sva().unbind(bonds[1]));

        assertEquals(bonds[0], bonds[1]);
        assertEquals(1, system.recorder().of(Kind.BOUND).size());
        assertEquals(1, system.recorder().of(Kind.UNBOUND).size());
    }

    @Test
    void shouldKeepNumberAcrossUnbindAndBind() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        system.process("app", "", OPEN, new Step.Close("dev0"), OPEN, EXIT);

        assertEquals(
                List.of(
                        "1:allocated",
                        "1:bound",
                        "1:cut",
                        "1:drained",
                        "1:bound",
                        "1:cut",
                        "1:drained",
                        "1:freed"),
                system.run().recorder().pasidStates());
    }

    @Test
    void shouldHandOutNumberTwiceWithDefect() {
        var system = new OsUnderTest.Setup().defect(Defect.I_10).build();
        system.device("dev0");
        system.process("a", "", OPEN, new Step.AwaitProcess("b"), EXIT);
        system.process("b", "", OPEN, EXIT);

        var allocated = system.run().recorder().of(Kind.PASID_ALLOCATED);

        assertEquals(allocated.get(0).a(), allocated.get(1).a());
    }
}
