package svasim.models.nic.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.nic.driver.NicMachine.count;
import static svasim.models.nic.driver.NicMachine.latency;
import static svasim.models.nic.driver.NicMachine.loopback;
import static svasim.models.nic.driver.NicMachine.process;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.device.load.Arrivals;
import svasim.machine.DeviceConfig;
import svasim.machine.IommuConfig.Unit;
import svasim.machine.Machine;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.config.NicWork;
import svasim.os.iommu.DomainType;
import svasim.pcie.endpoint.VirtualFunctionsConfig;
import svasim.units.Picoseconds;

/** Card and driver below each unit, with each way to map. */
class NicMachineTest {
    private static final int PACKETS = 300;

    /** When the packet has gone up the stack for long. */
    private static final NicConfig WRITES_AGAIN =
            new NicConfig(
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Picoseconds.ofMicros(20),
                    null,
                    null);

    static Stream<Arguments> ways() {
        return Stream.of(Unit.VTD, Unit.SMMUV3, Unit.AMDVI)
                .flatMap(
                        unit ->
                                Stream.of(DomainType.DMA, DomainType.DMA_FQ, DomainType.IDENTITY)
                                        .map(domain -> Arguments.of(unit, domain)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldReceiveEveryPacketThatItSendsByteByByte(Unit unit, DomainType domain) {
        Machine machine = run(unit, domain, new NicConfig(), loopback(1500, PACKETS, 16));

        assertGood(machine);
        assertEquals(PACKETS, count(machine, "nic0.job.packets"));
        assertEquals(0, count(machine, "nic0.job.lost"));
    }

    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldUseItsOwnTranslationCacheWithoutPasid(Unit unit) {
        Machine machine = run(unit, DomainType.DMA, card(null, true, 0), loopback(1500, 200, 8));

        assertGood(machine);
        assertTrue(count(machine, "nic0.atc.hits") > 0);
        assertEquals(200, count(machine, "nic0.job.packets"));
    }

    /** Strict: what a unit has of a page is gone before the page is somebody else's. */
    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldLetNoPacketLandAfterItsUnmap(Unit unit) {
        Machine machine = run(unit, DomainType.DMA, WRITES_AGAIN, loopback(1500, 100, 1));

        assertGood(machine);
        assertEquals(100, count(machine, "nic0.job.packets"));
    }

    /** Lazy: the same card reaches pages that are free or somebody else's. */
    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldSeeAPacketLandInAFreePageWhenInvalidationIsPutOff(Unit unit) {
        Machine machine = run(unit, DomainType.DMA_FQ, WRITES_AGAIN, loopback(1500, 100, 1));

        assertEquals("I-01", machine.violations().get(0).invariant());
    }

    @Test
    void shouldDetectWrongBytes() {
        Machine machine =
                run(Unit.VTD, DomainType.DMA, card(null, false, 100), loopback(1500, PACKETS, 16));

        assertEquals(PACKETS / 100, count(machine, "nic0.job.wrong"));
        assertEquals(1, machine.os().process("app").failures().size());
        assertEquals(List.of(), machine.violations());
    }

    @Test
    void shouldPayLessForMappingTheLaterItInvalidates() {
        double strict = unmapping(DomainType.DMA, NicConfig.Mapping.PACKET);
        double lazy = unmapping(DomainType.DMA_FQ, NicConfig.Mapping.PACKET);
        double pool = unmapping(DomainType.DMA, NicConfig.Mapping.POOL);

        assertTrue(strict > 1.5 * lazy, strict + " ps strict, " + lazy + " ps lazy");
        assertTrue(lazy > 1.5 * pool, lazy + " ps lazy, " + pool + " ps with a pool");
    }

    @Test
    void shouldMapEachPageOfAPoolOnce() {
        Machine machine =
                run(
                        Unit.VTD,
                        DomainType.DMA,
                        card(NicConfig.Mapping.POOL, false, 0),
                        loopback(1500, 4 * PACKETS, 16));

        assertGood(machine);
        assertTrue(count(machine, "iommu0.iotlb.invalidated") < PACKETS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Arrivals.Process.class,
            names = {"FIXED", "POISSON", "BURSTS"})
    void shouldReceiveFromThePeerWhenPacketsAreMeantToCome(Arrivals.Process arrivals) {
        NicWork work = NicMachine.open(NicWork.Operation.RECEIVE, arrivals, 500, 3_000_000);

        Machine machine = run(Unit.VTD, DomainType.DMA, new NicConfig(), work);

        assertGood(machine);
        assertEquals(500, count(machine, "nic0.job.packets"));
    }

    /** In open loop a packet's time counts from when it was meant to come. */
    @Test
    void shouldShowTheWaitOfPacketsThatComeFasterThanTheyAreServed() {
        NicWork.Operation send = NicWork.Operation.LOOPBACK;
        Machine slow =
                run(
                        Unit.VTD,
                        DomainType.DMA,
                        new NicConfig(),
                        NicMachine.open(send, Arrivals.Process.FIXED, 500, 6_000_000));
        Machine fast =
                run(
                        Unit.VTD,
                        DomainType.DMA,
                        new NicConfig(),
                        NicMachine.open(send, Arrivals.Process.FIXED, 500, 500_000));

        double unloaded = latency(slow, "nic0.packet.latency.ps").getMean();
        double overloaded = latency(fast, "nic0.packet.latency.ps").getMean();
        assertTrue(overloaded > 10 * unloaded, unloaded + " ps, " + overloaded + " ps");
    }

    @Test
    void shouldGiveEveryFrameBack() {
        Machine machine = run(Unit.VTD, DomainType.DMA, new NicConfig(), loopback(64, PACKETS, 16));

        assertTrue(machine.hardware().frames().allocated() < 100);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOOPBACK", "RECEIVE"})
    void shouldGiveEveryFrameBackThatWasMappedWithOthers(NicWork.Operation op) {
        NicConfig config = card(null, 16, false, 0);
        Machine machine =
                run(Unit.VTD, DomainType.DMA, config, NicMachine.closed(op, 64, PACKETS, 16));

        assertGood(machine);
        assertEquals(PACKETS, count(machine, "nic0.job.packets"));
        assertTrue(machine.hardware().frames().allocated() < 100);
    }

    /** A job of so many packets uses so many pages; those of the first ring come to the same. */
    @Test
    void shouldInvalidateOnceForPagesThatAreMappedTogether() {
        NicWork work = NicMachine.closed(NicWork.Operation.RECEIVE, 64, 640, 16);
        long alone = commands(card(null, 1, false, 0), work);
        long together = commands(card(null, 16, false, 0), work);

        assertTrue(alone >= 2 * (640 + 256), alone + " commands for pages alone");
        assertTrue(together <= alone / 16 + 200, together + " commands for pages together");
    }

    @Test
    void shouldServeTwoVirtualFunctionsByRequesterIdsOfTheirOwn() {
        NicConfig config = new NicConfig();
        VirtualFunctionsConfig functions = new VirtualFunctionsConfig(8, null, null);
        DeviceConfig physical = new DeviceConfig("nic", "rp0", functions, null, null, config);
        DeviceConfig virtual = new DeviceConfig("nic", null, null, "nic0", null, config);

        Machine machine =
                new NicMachine(Unit.VTD, DomainType.DMA)
                        .with("nic0", physical)
                        .with("vf1", virtual)
                        .with("vf2", virtual)
                        .run(
                                process("one", "vf1", loopback(1500, 100, 8)),
                                process("two", "vf2", loopback(1500, 200, 8)));

        assertEquals(List.of(), machine.violations());
        assertEquals(100, count(machine, "vf1.job.packets"));
        assertEquals(200, count(machine, "vf2.job.packets"));
        assertEquals(0, count(machine, "nic0.received"));
    }

    @Test
    void shouldRefuseAFileWhenEveryQueuePairIsInUse() {
        NicConfig one =
                new NicConfig(
                        1, null, null, null, null, null, null, null, null, null, null, null, null,
                        null, null, null, null);

        Machine machine =
                new NicMachine(Unit.VTD, DomainType.DMA)
                        .with(one)
                        .run(
                                process("one", "nic0", loopback(1500, 500, 8)),
                                process("two", "nic0", loopback(1500, 500, 8)));

        assertEquals(500, count(machine, "nic0.job.packets"));
        assertEquals(List.of(), machine.violations());
    }

    private static long commands(NicConfig config, NicWork work) {
        Machine machine = run(Unit.VTD, DomainType.DMA, config, work);
        assertGood(machine);
        return count(machine, "iommu0.queue.executed");
    }

    private static double unmapping(DomainType domain, NicConfig.Mapping mapping) {
        Machine machine =
                run(Unit.VTD, domain, card(mapping, false, 0), loopback(1500, PACKETS, 16));
        return latency(machine, "nic0.unmap.latency.ps").getMean();
    }

    private static NicConfig card(NicConfig.Mapping mapping, boolean ats, int corruptEvery) {
        return card(mapping, 1, ats, corruptEvery);
    }

    private static NicConfig card(
            NicConfig.Mapping mapping, int together, boolean ats, int corruptEvery) {
        return new NicConfig(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                mapping,
                together,
                ats,
                null,
                null,
                corruptEvery,
                null);
    }

    private static Machine run(Unit unit, DomainType domain, NicConfig config, NicWork work) {
        return new NicMachine(unit, domain).with(config).run(process("app", "nic0", work));
    }

    private static void assertGood(Machine machine) {
        assertEquals(List.of(), machine.os().process("app").failures());
        assertEquals(List.of(), machine.violations());
        assertEquals(0, count(machine, "nic0.job.wrong"));
        assertEquals(0, count(machine, "nic0.completions.lost"));
    }
}
