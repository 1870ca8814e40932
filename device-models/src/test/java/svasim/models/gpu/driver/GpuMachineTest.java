package svasim.models.gpu.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.gpu.driver.GpuMachines.ELEMENTS;
import static svasim.models.gpu.driver.GpuMachines.assertGone;
import static svasim.models.gpu.driver.GpuMachines.await;
import static svasim.models.gpu.driver.GpuMachines.buffer;
import static svasim.models.gpu.driver.GpuMachines.count;
import static svasim.models.gpu.driver.GpuMachines.open;
import static svasim.models.gpu.driver.GpuMachines.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.device.DriverStyle;
import svasim.machine.IommuConfig;
import svasim.machine.Machine;
import svasim.models.gpu.GpuConfigs;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.config.GpuConfig.Faults;
import svasim.models.gpu.config.GpuWork;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Retry;
import svasim.os.program.Step;
import svasim.paging.Access;
import svasim.units.Picoseconds;

/** GPU, driver and library in a whole machine; every dispatch is checked by its library. */
class GpuMachineTest {
    static Stream<Arguments> ways() {
        return Stream.of(IommuConfig.Unit.VTD, IommuConfig.Unit.AMDVI)
                .flatMap(
                        unit ->
                                Stream.of(DriverStyle.AMDKFD, DriverStyle.I915)
                                        .flatMap(
                                                style ->
                                                        Stream.of(Faults.values())
                                                                .map(
                                                                        faults ->
                                                                                Arguments.of(
                                                                                        unit, style,
                                                                                        faults))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldWorkOnPagesThatAreNotThereYet(
            IommuConfig.Unit unit, DriverStyle style, Faults faults) {
        Machine machine =
                run(unit, config(style, faults, 8), process("app", GpuWork.Kernel.STREAM));

        assertEquals(List.of(), machine.os().process("app").failures());
        assertEquals(ELEMENTS, count(machine, "gpu0.job.elements"));
        assertGone(machine);
    }

    @ParameterizedTest
    @EnumSource(GpuWork.Kernel.class)
    void shouldGetEveryKernelRightWithPagesMissingInTheMiddle(GpuWork.Kernel kernel) {
        Machine machine =
                run(
                        IommuConfig.Unit.AMDVI,
                        config(DriverStyle.AMDKFD, Faults.STALL, 8),
                        process("app", kernel));

        assertEquals(List.of(), machine.os().process("app").failures());
        assertEquals(ELEMENTS, count(machine, "gpu0.job.elements"));
    }

    /** The second thread comes at every moment while the first one makes the queue. */
    @Test
    void shouldGiveAProcessOneQueueWhoseThreadsBeginTogether() {
        long done = 0;
        for (int nanos = 0; nanos < 3_000; nanos += 100) {
            Machine machine =
                    run(
                            IommuConfig.Unit.AMDVI,
                            config(DriverStyle.AMDKFD, Faults.STALL, 8),
                            twoThreads(nanos));

            assertEquals(0, count(machine, "gpu0.job.failed"));
            assertGone(machine);
            done = Math.max(done, count(machine, "gpu0.job.elements"));
        }
        assertEquals(2 * ELEMENTS, done);
    }

    /**
     * The source is unmapped while its dispatch is being handed in. Before the queue's own memory
     * is mapped, that takes its place, and the device reads it, as a load of the program would;
     * later, the device finds nothing.
     */
    @Test
    void shouldReadWhatIsMappedWhereTheSourceWas() {
        Set<String> ends = new TreeSet<>();
        for (int nanos = 50; nanos < 1_500; nanos += 50) {
            Map<String, Program> threads =
                    Map.of(
                            "main",
                            Program.of(
                                    open(),
                                    GpuMachines.submit("one", GpuWork.Kernel.CHASE),
                                    await("one")),
                            "other",
                            Program.of(
                                    new Step.Sleep(Picoseconds.ofNanos(nanos)),
                                    new Step.Unmap("from")));
            List<String> order = List.of("into", "index", "from");
            Machine machine =
                    run(
                            IommuConfig.Unit.VTD,
                            config(DriverStyle.AMDKFD, Faults.STALL, 8),
                            GpuMachines.process("app", order, threads));

            assertGone(machine);
            String failures = machine.os().process("app").failures().toString();
            ends.add(failures.replaceAll(".*(no buffer|wrong result|fault).*", "$1"));
        }
        assertEquals(Set.of("no buffer", "wrong result", "fault"), ends);
    }

    private static ProcessSpec twoThreads(int nanos) {
        GpuWork one = work(GpuWork.Kernel.STREAM, "from", "into", null);
        GpuWork other = work(GpuWork.Kernel.STREAM, "from", "also", null);
        return new ProcessSpec(
                "app",
                new TreeMap<>(
                        Map.of(
                                "from", buffer(ELEMENTS, Buffer.Fill.RANDOM),
                                "into", buffer(ELEMENTS, Buffer.Fill.NONE),
                                "also", buffer(ELEMENTS, Buffer.Fill.NONE))),
                new TreeMap<>(
                        Map.of(
                                "first",
                                Program.of(
                                        new Step.Open("gpu0", false),
                                        new Step.Submit("gpu0", "run", one, Retry.ofKernel()),
                                        new Step.Await("run")),
                                "second",
                                Program.of(
                                        new Step.Open("gpu0", false),
                                        new Step.Compute(Picoseconds.ofNanos(nanos)),
                                        new Step.Submit("gpu0", "run2", other, Retry.ofKernel()),
                                        new Step.Await("run2")))));
    }

    @Test
    void shouldServeMoreProcessesThanItHasSlots() {
        Machine machine =
                run(
                        IommuConfig.Unit.VTD,
                        config(DriverStyle.AMDKFD, Faults.STALL, 1),
                        process("one", GpuWork.Kernel.STREAM),
                        process("two", GpuWork.Kernel.GRAPH),
                        process("three", GpuWork.Kernel.CHASE));

        assertEquals(3 * ELEMENTS, count(machine, "gpu0.job.elements"));
        assertGone(machine);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldLeaveNothingWhenItsProcessIsKilledInTheMiddle(
            IommuConfig.Unit unit, DriverStyle style, Faults faults) {
        for (int micros = 40; micros < 80; micros += 7) {
            ProcessSpec killer =
                    new ProcessSpec(
                            "killer",
                            Map.of(),
                            Map.of(
                                    "main",
                                    Program.of(
                                            new Step.Sleep(Picoseconds.ofMicros(micros)),
                                            new Step.Kill("app"))));

            assertGone(
                    run(
                            unit,
                            config(style, faults, 8),
                            process("app", GpuWork.Kernel.TRANSPOSE),
                            killer));
        }
    }

    @Test
    void shouldTakeTheQueueOffWhoseWavefrontsRetryForNothing() {
        ProcessSpec app =
                new ProcessSpec(
                        "app",
                        new TreeMap<>(
                                Map.of(
                                        "data",
                                        buffer(ELEMENTS, Buffer.Fill.ZERO),
                                        "gone",
                                        buffer(ELEMENTS, Buffer.Fill.NONE))),
                        Map.of(
                                "main",
                                Program.of(
                                        new Step.Open("gpu0", false),
                                        new Step.Protect("gone", Access.READ),
                                        submit(work(GpuWork.Kernel.STREAM, "data", "gone", null)),
                                        new Step.Await("run"),
                                        new Step.Exit())));

        Machine machine =
                run(IommuConfig.Unit.VTD, config(DriverStyle.AMDKFD, Faults.RETRY, 8), app);

        String failures = machine.os().process("app").failures().toString();
        assertTrue(failures.contains("taken off"), failures);
        assertGone(machine);
    }

    private static GpuConfig config(DriverStyle style, Faults faults, int slots) {
        return GpuConfigs.with().faults(faults).slots(slots, 8).quantum(20).driver(style).build();
    }

    private static ProcessSpec process(String name, GpuWork.Kernel kernel) {
        return new ProcessSpec(
                name,
                new TreeMap<>(
                        Map.of(
                                "from", buffer(ELEMENTS, Buffer.Fill.RANDOM),
                                "index", buffer(4 * ELEMENTS, Buffer.Fill.RANDOM),
                                "into", buffer(ELEMENTS, Buffer.Fill.NONE))),
                Map.of(
                        "main",
                        Program.of(
                                new Step.Open("gpu0", false),
                                submit(work(kernel, "from", "into", "index")),
                                new Step.Await("run"),
                                new Step.Exit())));
    }

    private static Step submit(GpuWork work) {
        return new Step.Submit("gpu0", "run", work, Retry.ofKernel());
    }

    private static GpuWork work(GpuWork.Kernel kernel, String from, String into, String index) {
        return new GpuWork(kernel, from, into, index, null, null, null);
    }
}
