package svasim.models.nic.rdma.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.nic.rdma.verbs.RdmaMachine.OPEN;
import static svasim.models.nic.rdma.verbs.RdmaMachine.advise;
import static svasim.models.nic.rdma.verbs.RdmaMachine.await;
import static svasim.models.nic.rdma.verbs.RdmaMachine.count;
import static svasim.models.nic.rdma.verbs.RdmaMachine.fast;
import static svasim.models.nic.rdma.verbs.RdmaMachine.outcome;
import static svasim.models.nic.rdma.verbs.RdmaMachine.process;
import static svasim.models.nic.rdma.verbs.RdmaMachine.run;
import static svasim.models.nic.rdma.verbs.RdmaMachine.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.machine.IommuConfig.Unit;
import svasim.machine.Machine;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.config.OnDemandConfig.Absent;
import svasim.models.nic.config.OnDemandConfig.Table;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.trace.Kind;
import svasim.trace.TraceListener;
import svasim.units.Picoseconds;

/** Card, driver and processes below each unit. */
class RdmaMachineTest {
    private static final int PAGE = 4096;
    private static final int WHOLE = (int) RdmaMachine.SIZE.bytes();
    private static final int PAGES = WHOLE / PAGE;
    private static final long FAST_PS = 2_000_000;

    static Stream<Arguments> ways() {
        return Stream.of(Unit.VTD, Unit.SMMUV3, Unit.AMDVI)
                .flatMap(
                        unit ->
                                Arrays.stream(Table.values())
                                        .flatMap(
                                                table ->
                                                        Arrays.stream(Absent.values())
                                                                .map(
                                                                        absent ->
                                                                                Arguments.of(
                                                                                        unit, table,
                                                                                        absent))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldWriteEachByteThoughEachPageOfAMessageIsMissing(
            Unit unit, Table table, Absent absent) {
        OnDemandConfig card = fast(table, absent, 0, FAST_PS);

        Machine machine =
                run(unit, card, process("app", OPEN, write("job", WHOLE, 1), await("job")));

        assertEquals("success", outcome(machine, "app", "job"));
        assertEquals(PAGES, count(machine, "nic0.odp.faults.wqe"));
        assertEquals(PAGES, count(machine, "nic0.odp.faults.rdma"));
        assertEquals(0, count(machine, "nic0.job.wrong"));
    }

    @Test
    void shouldMissOnePageOfAMessageWhenTheRestIsPrefetched() {
        Machine machine =
                run(
                        Unit.VTD,
                        new OnDemandConfig(),
                        process("app", OPEN, write("job", WHOLE, 1), await("job")));

        assertEquals("success", outcome(machine, "app", "job"));
        assertEquals(1, count(machine, "nic0.odp.faults.wqe"));
        assertEquals(1, count(machine, "nic0.odp.faults.rdma"));
        assertEquals(2L * (WHOLE - PAGE), count(machine, "nic0.odp.advised.bytes"));
    }

    @Test
    void shouldMissNothingThatWasAdvised() {
        Machine machine =
                run(
                        Unit.VTD,
                        fast(Table.HOST, Absent.RNR, 0, FAST_PS),
                        process(
                                "app",
                                OPEN,
                                advise("src"),
                                advise("dst"),
                                write("job", WHOLE, 1),
                                await("job")));

        assertEquals("success", outcome(machine, "app", "job"));
        assertEquals(0, count(machine, "nic0.odp.faults.wqe"));
        assertEquals(0, count(machine, "nic0.odp.faults.rdma"));
    }

    /** The receiver is at fault, and drops what the sender has read already. */
    @ParameterizedTest
    @EnumSource
    void shouldSendAgainWhatTheReceiverCouldNotTake(Absent absent) {
        Machine machine =
                run(
                        Unit.VTD,
                        fast(Table.CARD, absent, 0, FAST_PS),
                        process("app", OPEN, advise("src"), write("job", WHOLE, 1), await("job")));

        assertEquals("success", outcome(machine, "app", "job"));
        assertTrue(count(machine, "nic0.rdma.retransmitted") > 0);
        assertEquals(absent == Absent.RNR, count(machine, "nic0.rdma.rnr") > 0);
        assertEquals(absent == Absent.DROP, count(machine, "nic0.rdma.dropped") > 0);
    }

    /** mlx5, remembered: about 220 us, more than 90 % of it in the card. */
    @Test
    void shouldSpendMostOfAFaultInTheCard() {
        Machine machine =
                run(
                        Unit.VTD,
                        new OnDemandConfig(),
                        process("app", OPEN, write("job", PAGE, 1), await("job")));

        Histogram fault = latency(machine, "nic0.odp.fault.latency.ps");
        OnDemandConfig card = new OnDemandConfig();
        long firmwarePs = card.raise().value() + card.update().value() + card.resume().value();
        assertEquals(2, fault.getTotalCount());
        assertTrue(firmwarePs > 0.9 * fault.getMean(), fault.getMean() + " ps");
        assertEquals(220e6, fault.getMean(), 30e6);
    }

    @Test
    void shouldUseNewPagesOfABufferThatWasUnmappedAndMappedAgain() {
        Machine machine =
                run(
                        Unit.SMMUV3,
                        fast(Table.HOST, Absent.RNR, WHOLE, FAST_PS),
                        process(
                                "app",
                                OPEN,
                                write("first", WHOLE, 1),
                                await("first"),
                                new Step.Unmap("dst"),
                                new Step.MapBuffer("dst"),
                                write("second", WHOLE, 1),
                                await("second")));

        assertEquals("success", outcome(machine, "app", "first"));
        assertEquals("success", outcome(machine, "app", "second"));
    }

    @Test
    void shouldFollowPagesThatAreMovedAndProtected() {
        Machine machine =
                run(
                        Unit.VTD,
                        fast(Table.CARD, Absent.RNR, WHOLE, FAST_PS),
                        process(
                                "app",
                                OPEN,
                                write("first", WHOLE, 1),
                                await("first"),
                                new Step.Migrate("src"),
                                new Step.Migrate("dst"),
                                write("second", PAGE, 16),
                                await("second")));

        assertEquals("success", outcome(machine, "app", "second"));
        assertTrue(count(machine, "nic0.odp.faults.wqe") > 1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportMessagesWhoseMemoryIsNotThere(Table table) {
        Machine machine =
                run(
                        Unit.VTD,
                        fast(table, Absent.RNR, 0, FAST_PS),
                        process(
                                "app",
                                Map.of(
                                        "main",
                                        Program.of(OPEN, write("job", PAGE, 400), await("job")),
                                        "other",
                                        Program.of(
                                                new Step.Sleep(new Picoseconds(100_000_000)),
                                                new Step.Unmap("dst")))));

        assertEquals("remote error", outcome(machine, "app", "job"));
        assertTrue(count(machine, "nic0.load.ended") == 400);
        assertTrue(count(machine, "nic0.load.failed") > 0);
        assertTrue(count(machine, "nic0.odp.refused") > 0);
    }

    /** The fault is raised, is handled, is to be resumed, or was, when the process dies. */
    @ParameterizedTest
    @MethodSource("moments")
    void shouldLetAProcessGoWhileItsFaultsArePending(Table table, int us) {
        Machine machine =
                run(
                        Unit.VTD,
                        fast(table, Absent.RNR, 0, 10_000_000),
                        process("app", OPEN, write("job", WHOLE, 4), await("job")),
                        process(
                                "killer",
                                new Step.Sleep(Picoseconds.ofMicros(us)),
                                new Step.Kill("app")));

        assertTrue(machine.hardware().frames().allocated() < 150);
    }

    static Stream<Arguments> moments() {
        return Stream.of(30, 45, 52, 58, 63, 71, 80, 95)
                .flatMap(
                        us ->
                                Stream.of(
                                        Arguments.of(Table.CARD, us),
                                        Arguments.of(Table.HOST, us)));
    }

    /** A thread moves pages that the card has still: another's removal is a command in the ring. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6})
    void shouldFreeNoPageBeforeTheCardHasDoneTheRemovalOfAnotherThread(int us) {
        Machine machine =
                run(
                        Unit.VTD,
                        fast(Table.CARD, Absent.DROP, WHOLE, 10_000_000),
                        process(
                                "app",
                                Map.of(
                                        "main",
                                        Program.of(
                                                OPEN,
                                                advise("src"),
                                                advise("dst"),
                                                write("job", WHOLE, 40),
                                                await("job")),
                                        "scanning",
                                        Program.of(
                                                new Step.Sleep(Picoseconds.ofMicros(200)),
                                                new Step.NumaScan("src")),
                                        "moving",
                                        Program.of(
                                                new Step.Sleep(Picoseconds.ofMicros(200 + us)),
                                                new Step.Migrate("src")))));

        assertEquals("success", outcome(machine, "app", "job"));
        assertEquals(0, count(machine, "nic0.job.wrong"));
    }

    /** The process lives on, so that nobody but the driver takes its pages from the card. */
    @Test
    void shouldUnmapEachPageBeforeAClosedFileGivesItsQueueBack() {
        Machine machine =
                RdmaMachine.machine(
                        Unit.VTD,
                        fast(Table.CARD, Absent.RNR, 0, FAST_PS),
                        process("app", OPEN, advise("src"), new Step.Close("nic0")));
        List<String> steps = new ArrayList<>();
        machine.hardware().trace().add(new StepNames(steps));

        run(machine);

        int given = steps.indexOf("rdma_release/give queue back");
        int unmapped = steps.lastIndexOf("dma_unmap_page/free address");
        assertTrue(unmapped > 0 && unmapped < given, unmapped + " and " + given);
    }

    /** Hears which steps software begins. */
    private record StepNames(List<String> names) implements TraceListener {
        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.STEP;
        }

        @Override
        public void on(
                long id,
                long cause,
                long timePs,
                Kind kind,
                int lane,
                long a,
                long b,
                long c,
                Object subject) {
            names.add(subject.toString());
        }
    }

    private static Histogram latency(Machine machine, String name) {
        return machine.hardware().statistics().latencies().get(name);
    }
}
