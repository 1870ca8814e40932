package svasim.models.gpu.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.gpu.driver.GpuMachines.ELEMENTS;
import static svasim.models.gpu.driver.GpuMachines.assertGone;
import static svasim.models.gpu.driver.GpuMachines.await;
import static svasim.models.gpu.driver.GpuMachines.count;
import static svasim.models.gpu.driver.GpuMachines.open;
import static svasim.models.gpu.driver.GpuMachines.process;
import static svasim.models.gpu.driver.GpuMachines.sleep;
import static svasim.models.gpu.driver.GpuMachines.submit;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.device.DriverStyle;
import svasim.machine.IommuConfig.Unit;
import svasim.machine.Machine;
import svasim.models.gpu.GpuConfigs;
import svasim.models.gpu.config.GpuConfig.Faults;
import svasim.models.gpu.config.GpuWork.Kernel;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Step;
import svasim.paging.Access;

/** Pages of processes move into the memory of a discrete GPU and back. */
class LocalMemoryMachineTest {
    static Stream<Arguments> ways() {
        return Stream.of(DriverStyle.AMDKFD, DriverStyle.I915)
                .flatMap(
                        style ->
                                Stream.of(Faults.values())
                                        .map(faults -> Arguments.of(style, faults)));
    }

    private static GpuConfigs discrete(int pages) {
        return GpuConfigs.with().restoreAfter(50).local(pages, 1);
    }

    /** Three times over the same memory: it moves near in between. */
    private static ProcessSpec busy(String name, Kernel kernel) {
        return process(
                name,
                open(),
                submit("one", kernel),
                await("one"),
                sleep(200),
                submit("two", kernel),
                await("two"),
                submit("three", kernel),
                await("three"),
                new Step.Exit());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldGetResultsRightWhileMemoryMovesNear(DriverStyle style, Faults faults) {
        Machine machine =
                GpuMachines.run(
                        Unit.VTD,
                        discrete(64).driver(style).faults(faults).build(),
                        busy("app", Kernel.STREAM));

        assertEquals(List.of(), machine.os().process("app").failures());
        assertEquals(3 * ELEMENTS, count(machine, "gpu0.job.elements"));
        assertEquals(4, count(machine, "gpu0.copies.in"), "from and into, two pages each");
        assertTrue(count(machine, "gpu0.local.accesses") > 256);
        assertGone(machine);
    }

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void shouldGetEveryKernelRightWhileMemoryMovesBackAndForth(Kernel kernel) {
        for (Faults faults : Faults.values()) {
            Machine machine =
                    GpuMachines.run(
                            Unit.AMDVI,
                            discrete(3).faults(faults).build(),
                            busy("app", kernel),
                            busy("other", kernel));

            assertEquals(6 * ELEMENTS, count(machine, "gpu0.job.elements"));
            assertTrue(count(machine, "gpu0.copies.out") > 0, "three pages are too few");
            assertGone(machine);
        }
    }

    @Test
    void shouldBringAPageBackThatACoreTouches() {
        Machine machine =
                GpuMachines.run(
                        Unit.VTD,
                        discrete(64).build(),
                        process(
                                "app",
                                open(),
                                submit("one", Kernel.STREAM),
                                await("one"),
                                sleep(200),
                                new Step.Touch("into", false),
                                new Step.Exit()));

        assertEquals(4, count(machine, "gpu0.copies.in"));
        assertEquals(2, count(machine, "gpu0.copies.out"), "into only");
        assertGone(machine);
    }

    @Test
    void shouldLeavePagesWhereTheyArePinned() {
        Machine machine =
                GpuMachines.run(
                        Unit.VTD,
                        discrete(64).build(),
                        process(
                                "app",
                                open(),
                                new Step.Pin("from"),
                                submit("one", Kernel.STREAM),
                                await("one"),
                                sleep(200),
                                new Step.Unpin("from"),
                                new Step.Exit()));

        assertEquals(2, count(machine, "gpu0.copies.in"), "into only");
        assertGone(machine);
    }

    /** Parent and child have one page, in the device; who touches it gets its own. */
    @Test
    void shouldNotShowAChildWhatTheDeviceWritesForItsParentLater() {
        ProcessSpec app =
                process(
                        "app",
                        open(),
                        submit("one", Kernel.STREAM),
                        await("one"),
                        sleep(200),
                        new Step.Clone("child", false, false, false),
                        submit("two", Kernel.STREAM, "into", "into", null),
                        await("two"),
                        sleep(500),
                        new Step.Exit());
        ProcessSpec child =
                process("child", sleep(100), new Step.Touch("into", true), new Step.Exit());
        Machine machine = GpuMachines.run(Unit.VTD, discrete(64).build(), app, child);

        assertEquals(2 * ELEMENTS, count(machine, "gpu0.job.elements"));
        assertGone(machine);
    }

    @Test
    void shouldLoseItsRightToWriteWithTheProcess() {
        Machine machine =
                GpuMachines.run(
                        Unit.VTD,
                        discrete(64).build(),
                        process(
                                "app",
                                open(),
                                submit("one", Kernel.STREAM),
                                await("one"),
                                sleep(200),
                                new Step.Protect("into", Access.READ),
                                submit("two", Kernel.STREAM),
                                await("two"),
                                new Step.Exit()));

        assertEquals(1, count(machine, "gpu0.job.failed"));
        assertGone(machine);
    }

    @Test
    void shouldMoveWithItsMappingToAnotherAddress() {
        Machine machine =
                GpuMachines.run(
                        Unit.VTD,
                        discrete(64).build(),
                        process(
                                "app",
                                open(),
                                submit("one", Kernel.STREAM),
                                await("one"),
                                sleep(200),
                                new Step.Remap("from", new svasim.units.ByteSize(8192)),
                                submit("two", Kernel.STREAM),
                                await("two"),
                                new Step.Exit()));

        assertEquals(List.of(), machine.os().process("app").failures());
        assertEquals(2 * ELEMENTS, count(machine, "gpu0.job.elements"));
        assertGone(machine);
    }

    @Test
    void shouldBringEverythingBackBeforeItIsReset() {
        Machine machine =
                GpuMachines.run(
                        Unit.VTD,
                        discrete(64).build(),
                        process(
                                "app",
                                open(),
                                submit("one", Kernel.STREAM),
                                await("one"),
                                sleep(200),
                                new Step.Reset("gpu0"),
                                new Step.Touch("into", false),
                                new Step.Exit()));

        assertEquals(4, count(machine, "gpu0.copies.in"));
        assertEquals(4, count(machine, "gpu0.copies.out"));
        assertEquals(List.of(), machine.os().process("app").failures());
        assertGone(machine);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldLeaveNothingWhenItsProcessIsKilledWhileMemoryMoves(
            DriverStyle style, Faults faults) {
        for (int micros = 20; micros < 160; micros += 9) {
            ProcessSpec killer = process("killer", sleep(micros), new Step.Kill("app"));
            Machine machine =
                    GpuMachines.run(
                            Unit.VTD,
                            discrete(3).driver(style).faults(faults).build(),
                            busy("app", Kernel.TRANSPOSE),
                            busy("other", Kernel.GRAPH),
                            killer);

            assertEquals(List.of(), machine.os().process("other").failures());
            assertGone(machine);
        }
    }
}
