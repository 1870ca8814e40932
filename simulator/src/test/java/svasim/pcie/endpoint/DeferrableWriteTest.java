package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/** Writes of a core that a device may defer, there and back. */
class DeferrableWriteTest {
    private static final int BAR = 2;

    private final EndpointRig rig = EndpointRig.ready();
    private final long portal = rig.function.addBar(BAR, 4096);
    private final List<CompletionStatus> answers = new ArrayList<>();
    private final List<Long> answeredPs = new ArrayList<>();
    private int room;

    /** Takes as many writes as it has room for. */
    private final class Portal implements BarHandler {
        private final List<byte[]> taken = new ArrayList<>();

        @Override
        public void write(int bar, long offset, byte[] data, long nowPs) {
            room++;
        }

        @Override
        public CompletionStatus writeDeferrable(int bar, long offset, byte[] data, long nowPs) {
            assertEquals(BAR, bar);
            assertEquals(0x40, offset);
            if (room == 0) {
                return CompletionStatus.REQUEST_RETRY;
            }
            room--;
            taken.add(data);
            return CompletionStatus.SUCCESS;
        }

        @Override
        public long read(int bar, long offset, int bytes, long nowPs) {
            return 0;
        }
    }

    private Portal portal(int entries) {
        Portal handler = new Portal();
        room = entries;
        rig.function.barHandler(handler);
        return handler;
    }

    private void write(long address, int firstByte) {
        byte[] data = new byte[64];
        data[0] = (byte) firstByte;
        rig.rootComplex.writeDeferrable(address, data, this::answered);
    }

    private void answered(CompletionStatus status, long nowPs) {
        answers.add(status);
        answeredPs.add(nowPs);
    }

    @Test
    void shouldTellCoreWhatTheDeviceAnswered() {
        Portal device = portal(1);

        write(portal + 0x40, 1);
        write(portal + 0x40, 2);
        rig.run();

        assertEquals(List.of(CompletionStatus.SUCCESS, CompletionStatus.REQUEST_RETRY), answers);
        assertEquals(1, device.taken.size());
        assertEquals(1, device.taken.get(0)[0]);
    }

    @Test
    void shouldTakeAWholeRoundTrip() {
        portal(1);

        write(portal + 0x40, 1);
        rig.run();

        long readPs = rig.rootComplex.mmioRoundTripPs(portal);
        assertTrue(answeredPs.get(0) > readPs / 2, "64 bytes down, an answer up");
        assertTrue(answeredPs.get(0) < 2 * readPs);
        assertEquals(CompletionStatus.SUCCESS, rig.sent(Tlp.Completion.class).get(0).status());
    }

    @Test
    void shouldArriveBehindPostedWritesBeforeIt() {
        Portal device = portal(0);

        rig.rootComplex.writeMmio(portal, new byte[8]);
        write(portal + 0x40, 1);
        rig.run();

        assertEquals(List.of(CompletionStatus.SUCCESS), answers, "the posted write made room");
        assertEquals(1, device.taken.size());
    }

    @Test
    void shouldUseTagsOfItsOwnForWritesAtOnce() {
        portal(3);
        for (int i = 0; i < 3; i++) {
            write(portal + 0x40, i);
        }
        rig.run();
        write(portal + 0x40, 3);
        rig.run();

        List<Integer> tags =
                rig.sent(Tlp.DeferrableWrite.class).stream().map(Tlp.DeferrableWrite::tag).toList();
        assertEquals(List.of(0, 1, 2, 0), tags);
        assertEquals(4, answers.size());
    }

    @Test
    void shouldNotBeSupportedByDeviceWithoutSharedQueues() {
        rig.function.barHandler(
                new BarHandler() {
                    @Override
                    public void write(int bar, long offset, byte[] data, long nowPs) {
                        throw new AssertionError("not posted");
                    }

                    @Override
                    public long read(int bar, long offset, int bytes, long nowPs) {
                        return 0;
                    }
                });

        write(portal, 1);
        rig.run();

        assertEquals(List.of(CompletionStatus.UNSUPPORTED_REQUEST), answers);
    }

    @Test
    void shouldBeAnsweredWhereNoDeviceIs() {
        write(0x1234_5000, 1);
        assertEquals(List.of(), answers);
        rig.run();

        assertEquals(List.of(CompletionStatus.UNSUPPORTED_REQUEST), answers);
    }

    @Test
    void shouldKeepItsBytes() {
        Portal device = portal(1);
        byte[] data = new byte[64];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (3 * i);
        }

        rig.rootComplex.writeDeferrable(portal + 0x40, data, this::answered);
        rig.run();

        assertArrayEquals(data, device.taken.get(0));
    }

    @Test
    void shouldNotBeSupportedByMemory() {
        rig.port
                .upstream()
                .offer(
                        new Tlp.DeferrableWrite(
                                EndpointRig.RID,
                                9,
                                EndpointRig.PA,
                                new byte[64],
                                AddressType.UNTRANSLATED,
                                null,
                                Attributes.DEFAULT),
                        0);
        rig.run();

        Tlp.Completion answer = rig.sent(Tlp.Completion.class).get(0);
        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, answer.status());
        assertEquals(9, answer.tag());
    }

    @Test
    void shouldDropAnswerToNothing() {
        rig.port
                .upstream()
                .offer(
                        new Tlp.Completion(
                                EndpointRig.RID,
                                EndpointRig.AGENT,
                                0,
                                CompletionStatus.SUCCESS,
                                4,
                                0,
                                new byte[0],
                                Attributes.DEFAULT),
                        0);
        rig.run();

        assertEquals(List.of(DropReason.UNEXPECTED), rig.drops);
    }
}
