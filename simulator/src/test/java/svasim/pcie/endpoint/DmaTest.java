package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.endpoint.EndpointRig.PA;
import static svasim.pcie.endpoint.EndpointRig.PASID;
import static svasim.pcie.endpoint.EndpointRig.RW;
import static svasim.pcie.endpoint.EndpointRig.VA;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.pcie.config.ConfigurationImage;
import svasim.pcie.config.ExpressCapability;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.link.CreditConfig;
import svasim.pcie.link.LinkConfig;
import svasim.pcie.link.LinkConfigs;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Packets, tags, time-outs, drains and resets of a function. */
class DmaTest {
    private static final Picoseconds TIMEOUT = Picoseconds.ofMicros(50);

    private final EndpointRig rig = EndpointRig.ready();

    private static EndpointRig limited(Integer tags, Integer requests) {
        var limits =
                new EndpointConfig.Limits(
                        null, new ByteSize(128), tags, requests, TIMEOUT, null, null, null, null);
        return new EndpointRig(new EndpointConfig(null, null, null, limits, null))
                .enabled()
                .mapped();
    }

    @Test
    void shouldCutReadsAtMaxReadRequestAndWritesAtMaxPayload() {
        rig.function.configuration().write(ExpressCapability.DEVICE_CONTROL, 2, 0x1000);
        rig.read(PASID, VA, 700);
        rig.run();
        rig.write(PASID, VA, new byte[300]);
        rig.run();

        assertEquals(
                List.of(256, 256, 188),
                rig.sent(Tlp.MemoryRead.class).stream().map(Tlp.MemoryRead::bytes).toList());
        assertEquals(
                List.of(128, 128, 44),
                rig.sent(Tlp.MemoryWrite.class).stream().map(Tlp.MemoryWrite::bytes).toList());
    }

    @Test
    void shouldRelaxItsOrderOnlyIfDeviceControlLetsIt() {
        var limits =
                new EndpointConfig.Limits(null, null, null, null, null, true, null, null, null);
        EndpointRig relaxed =
                new EndpointRig(new EndpointConfig(null, null, null, limits, null))
                        .enabled()
                        .mapped();
        relaxed.write(PASID, VA, new byte[8]);
        relaxed.run();
        relaxed.function.configuration().write(ExpressCapability.DEVICE_CONTROL, 2, 0);
        relaxed.write(PASID, VA, new byte[8]);
        relaxed.run();
        rig.write(PASID, VA, new byte[8]);
        rig.run();

        assertEquals(
                List.of(true, false),
                relaxed.sent(Tlp.MemoryWrite.class).stream()
                        .map(write -> write.attributes().relaxedOrdering())
                        .toList());
        assertFalse(rig.sent(Tlp.MemoryWrite.class).get(0).attributes().relaxedOrdering());
    }

    @Test
    void shouldGetAlongWithOneTag() {
        EndpointRig narrow = limited(1, null);
        narrow.memory.writeLong(PA + 1000, 0x77);
        byte[] first = narrow.read(PASID, VA, 1024);
        byte[] second = narrow.read(PASID, VA + 1000, 8);
        narrow.run();

        assertEquals(0x77, first[1000]);
        assertEquals(0x77, second[0]);
        assertTrue(narrow.sent(Tlp.MemoryRead.class).stream().allMatch(r -> r.tag() == 0));
    }

    @Test
    void shouldUseOnlyThirtyTwoTagsWithoutExtendedTags() {
        EndpointRig narrow = limited(256, null);
        narrow.function.configuration().write(ExpressCapability.DEVICE_CONTROL, 2, 0);
        narrow.read(PASID, VA, 4096);
        narrow.read(PASID, VA, 4096);
        narrow.run();

        int highest =
                narrow.sent(Tlp.MemoryRead.class).stream()
                        .mapToInt(Tlp.MemoryRead::tag)
                        .max()
                        .orElseThrow();
        assertEquals(31, highest);
    }

    @Test
    void shouldFlushEarlierWritesWithAZeroLengthRead() {
        rig.write(PASID, VA, (byte) 1);
        rig.run();
        rig.read(PASID, VA, 0);
        rig.run();

        assertEquals(DmaStatus.OK, rig.lastStatus());
        assertEquals(0, rig.sent(Tlp.MemoryRead.class).get(0).bytes());
    }

    @Test
    void shouldReportTheFirstByteThatWasRefused() {
        rig.ats(false);
        rig.agent.unmap(PASID, VA);
        rig.read(PASID, VA + 100, 1024);
        rig.run();

        assertEquals(DmaStatus.UNSUPPORTED_REQUEST, rig.lastStatus());
        assertEquals(VA + 100, rig.outcomes.get(0).faultAddress());
        assertEquals("", rig.function.waitingFor());
    }

    @Test
    void shouldTimeOutWhenNoAnswerComes() {
        EndpointRig lost = limited(4, null);
        lost.agent.hold = true;
        lost.read(PASID, VA, 8);
        long askedPs = new AtcConfig().lookup().value();

        lost.runFor(askedPs + TIMEOUT.value() - 1);
        assertEquals(0, lost.outcomes.size());
        lost.runFor(1);
        assertEquals(DmaStatus.TIMEOUT, lost.lastStatus());

        lost.agent.answer(lost.agent.translations.get(0));
        lost.run();
        assertEquals(List.of(DropReason.UNEXPECTED), lost.drops, "too late");
    }

    @Test
    void shouldNotOutliveItsLastAnswerForTheSakeOfTimeOuts() {
        rig.read(PASID, VA, 8);

        assertEquals(Kernel.End.QUIET, rig.kernel.runUntilQuiet());
        assertTrue(rig.kernel.nowPs() < TIMEOUT.value());
    }

    @Test
    void shouldDropAnAnswerToNothing() {
        rig.agent.send(
                new Tlp.Completion(
                        8,
                        EndpointRig.RID,
                        9,
                        CompletionStatus.SUCCESS,
                        4,
                        0,
                        new byte[4],
                        Attributes.DEFAULT));
        rig.run();

        assertEquals(List.of(DropReason.UNEXPECTED), rig.drops);
    }

    @Test
    void shouldHaveOnlySoManyAccessesInProgress() {
        EndpointRig two = limited(null, 2);
        two.agent.hold = true;
        for (int page = 0; page < 4; page++) {
            two.read(PASID, VA + page * 4096, 8);
        }
        two.runFor(1_000_000);

        assertEquals(2, two.agent.translations.size());
        assertEquals(4, two.function.dma().outstanding(PASID));
    }

    @Test
    void shouldTellWhenAPasidIsIdle() {
        List<Integer> idle = new ArrayList<>();
        rig.read(PASID, VA, 8);
        rig.function.dma().whenIdle(PASID, (nowPs, pasid) -> idle.add(rig.outcomes.size()));
        rig.function.dma().whenIdle(1, (nowPs, pasid) -> idle.add(pasid));

        assertEquals(List.of(1), idle, "at once");
        rig.run();
        assertEquals(List.of(1, 1), idle, "after the client was told");
        assertEquals(0, rig.function.dma().outstanding(PASID));
    }

    @Test
    void shouldDiscardWhatWaitsAndOnlyThat() {
        EndpointRig one = limited(null, 2);
        one.agent.map(1, VA, PA, 12, RW);
        one.agent.hold = true;
        one.read(PASID, VA, 8);
        one.read(1, VA, 8);
        one.read(PASID, VA, 8);
        one.runFor(1_000_000);
        one.function.dma().discard(PASID);
        one.runFor(0);

        assertEquals(2, one.outcomes.size());
        assertEquals(DmaStatus.DISCARDED, one.lastStatus());
        assertEquals(1, one.function.dma().outstanding(1));
        one.agent.answer(one.agent.translations.get(1));
        one.run();
        assertEquals(DmaStatus.OK, one.lastStatus());
    }

    @Test
    void shouldDiscardEverythingOnFunctionLevelReset() {
        rig.read(PASID, VA, 4096);
        rig.read(PASID, VA + 4096, 8);
        rig.runFor(1_000_000);
        rig.write(PASID, VA, (byte) 1);
        rig.function
                .configuration()
                .write(ExpressCapability.DEVICE_CONTROL, 2, ExpressCapability.INITIATE_RESET);
        rig.run();

        assertEquals(3, rig.outcomes.size());
        assertEquals("", rig.function.waitingFor());
        rig.read(PASID, VA, 8);
        rig.run();
        assertEquals(DmaStatus.UNSUPPORTED_REQUEST, rig.lastStatus(), "PASID is off");
        rig.enabled().read(PASID, VA, 8);
        rig.run();
        assertEquals(DmaStatus.OK, rig.lastStatus());
    }

    @Test
    void shouldNeverSendAPasidThatIsOff() {
        Capabilities off = new Capabilities(new EndpointConfig(), 256, ConfigurationImage.NONE);
        Uplink uplink = new Uplink((tlp, nowPs) -> true, off);
        Tlp marker =
                new Tlp.PageRequest(
                        EndpointRig.RID, 0, 0, true, false, false, new PasidPrefix(PASID));

        assertThrows(IllegalStateException.class, () -> uplink.message(marker, 0));
    }

    @Test
    void shouldRepeatARunExactly() {
        assertEquals(tenAccesses(), tenAccesses());
    }

    private static List<Object> tenAccesses() {
        EndpointRig run = EndpointRig.ready();
        for (int i = 0; i < 10; i++) {
            run.read(PASID, VA + i * 100, 300);
        }
        run.agent.invalidate(0, PASID, VA, 12);
        run.run();
        return List.of(run.outcomes, run.sentPs, run.memoryAccesses, run.kernel.eventsRun());
    }

    @Test
    void shouldSayWhatItWaitsFor() {
        rig.agent.hold = true;
        rig.read(PASID, VA, 8);
        rig.runFor(1_000_000);

        assertEquals(
                "dev0: read of 8 bytes at 0x7f1234568000, PASID 74565, in phase TRANSLATE",
                rig.function.waitingFor());
    }

    @Test
    void shouldNotAcceptARequestAcrossPages() {
        assertThrows(
                IllegalArgumentException.class, () -> DmaRequest.of(PASID, VA + 4090, new byte[8]));
        assertEquals(6, DmaRequest.bytesInPage(VA + 4090, 100));
    }

    @Test
    void shouldServeBarsAndSendInterrupts() {
        List<String> seen = new ArrayList<>();
        rig.function.addBar(0, 4096);
        long portal = rig.function.addBar(2, 0x2000);
        rig.function.barHandler(
                new BarHandler() {
                    @Override
                    public void write(int bar, long offset, byte[] data, long nowPs) {
                        seen.add(bar + ":" + offset + ":" + data.length);
                    }

                    @Override
                    public long read(int bar, long offset, int bytes, long nowPs) {
                        return bar * 1000L + offset;
                    }
                });
        rig.rootComplex.writeMmio(portal + 0x1040, new byte[64]);

        assertEquals(2008, rig.rootComplex.readMmio(portal + 8, 4));
        assertEquals(List.of("2:4160:64"), seen);
        rig.function.interrupt(0xFEE0_0000L, 0x31);
        rig.run();
        assertEquals(List.of("interrupt 31"), rig.memoryAccesses);
    }

    /** The same accesses on a narrow link with few credits, few tags, any lateness: same bytes. */
    @Property(tries = 100, seed = "1")
    void shouldMoveTheSameBytesHoweverNarrowTheLink(
            @ForAll @Size(max = 25) List<@IntRange(max = 4000) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 4) int tags,
            @ForAll @Size(min = 16, max = 16) List<Boolean> lateness) {
        Choices late =
                (site, occurrence, lane, options) -> lateness.get((int) occurrence % 16) ? 1 : 0;
        LinkConfig link =
                LinkConfigs.withBuffers(LinkConfig.of(1, 1), 1, CreditConfig.requests(1, 16, 1));
        var limits =
                new EndpointConfig.Limits(null, null, tags, 3, TIMEOUT, null, null, null, null);
        EndpointRig narrow =
                new EndpointRig(new EndpointConfig(null, null, null, limits, null), link, late);
        narrow.enabled();
        List<byte[]> written = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            narrow.agent.map(PASID, VA + i * 4096L, PA + i * 4096L, 12, RW);
            byte[] data = new byte[sizes.get(i)];
            Arrays.fill(data, (byte) (i + 1));
            written.add(data);
            narrow.write(PASID, VA + i * 4096L, data);
        }
        narrow.run();
        List<byte[]> read = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            read.add(narrow.read(PASID, VA + i * 4096L, sizes.get(i)));
        }
        narrow.run();

        assertEquals(2 * sizes.size(), narrow.outcomes.size());
        for (int i = 0; i < sizes.size(); i++) {
            assertArrayEquals(written.get(i), read.get(i));
        }
    }
}
