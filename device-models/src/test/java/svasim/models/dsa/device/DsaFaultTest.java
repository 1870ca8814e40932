package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.operation.Continuation;
import svasim.models.dsa.operation.Crc32c;
import svasim.pcie.tlp.Tlp;

/** Missing pages: waiting for them, stopping at them, going on behind them. */
class DsaFaultTest {
    private static final long SOURCE = 0x10_0000;
    private static final long DESTINATION = 0x20_0000;
    private static final int PAGES = 4;
    private static final int ROOM = PAGES * 4096;

    private DsaUnderTest dsa;
    private MachineUnderTest machine;
    private final byte[] source = new byte[ROOM];

    @BeforeEach
    @BeforeTry
    void prepare() {
        dsa = DsaUnderTest.ready();
        machine = dsa.machine();
        new Random(3).nextBytes(source);
        machine.map(PASID, SOURCE, ROOM);
        machine.store(PASID, SOURCE, source);
    }

    @Test
    void shouldWaitForMissingPagesWhenItMayBlock() {
        machine.agent()
                .onPageRequest(
                        (pasid, page, write) -> {
                            machine.map(pasid, page, 1);
                            return Tlp.PageGroupResponse.SUCCESS;
                        });

        CompletionRecord record = dsa.carryOut(DsaUnderTest.move(SOURCE, DESTINATION, ROOM, true));

        assertEquals(Status.SUCCESS, record.status());
        assertTrue(machine.agent().requestsReceived() >= PAGES);
        assertArrayEquals(source, machine.load(PASID, DESTINATION, ROOM));
    }

    @Test
    void shouldTellStatus04WhenThePageIsRefused() {
        machine.map(PASID, DESTINATION, 4096);

        CompletionRecord record = dsa.carryOut(DsaUnderTest.move(SOURCE, DESTINATION, ROOM, true));

        assertEquals(Status.INVALID_ADDRESS, record.status());
        assertTrue(record.writeFault());
        assertEquals(4096, record.bytesCompleted());
        assertEquals(DESTINATION + 4096, record.faultAddress());
    }

    @Test
    void shouldStopAtAMissingDestinationWithoutBlocking() {
        machine.map(PASID, DESTINATION, 4096);

        CompletionRecord record =
                dsa.carryOut(DsaUnderTest.move(SOURCE, DESTINATION + 96, ROOM - 96, false));

        assertEquals(Status.PAGE_FAULT, record.status());
        assertTrue(record.writeFault());
        assertEquals(4000, record.bytesCompleted());
        assertEquals(DESTINATION + 4096, record.faultAddress());
        assertEquals(0, machine.agent().requestsReceived());
        assertArrayEquals(Arrays.copyOf(source, 4000), machine.load(PASID, DESTINATION + 96, 4000));
    }

    @Property(tries = 40)
    void shouldHaveWrittenExactlyWhatItReportsAndContinueToTheSameEnd(
            @ForAll @IntRange(max = 3000) int from,
            @ForAll @IntRange(max = 3000) int to,
            @ForAll @IntRange(min = 1, max = 9000) int size,
            @ForAll @IntRange(min = 0, max = 255) int missing) {
        mapAllBut(missing & 0xf, DESTINATION);
        unmap(missing >>> 4, SOURCE);
        Descriptor.Builder next = DsaUnderTest.move(SOURCE + from, DESTINATION + to, size, false);
        long written = 0;

        while (next != null) {
            Descriptor handedIn = next.build();
            CompletionRecord record = dsa.carryOut(next);
            written += record.bytesCompleted();
            assertMoved(from, to, written, size);
            next = record.status() == Status.SUCCESS ? null : repair(handedIn, record);
        }

        assertEquals(size, written);
    }

    @Property(tries = 30)
    void shouldContinueABackwardMoveToTheSameEnd(
            @ForAll @IntRange(min = 1, max = 5000) int distance,
            @ForAll @IntRange(min = 0, max = 15) int missing) {
        int size = 9000;
        unmap(missing, SOURCE);
        byte[] expected = source.clone();
        System.arraycopy(source, 0, expected, distance, size);
        Descriptor.Builder next = DsaUnderTest.move(SOURCE, SOURCE + distance, size, false);

        while (next != null) {
            Descriptor handedIn = next.build();
            CompletionRecord record = dsa.carryOut(next);
            next = record.status() == Status.SUCCESS ? null : repair(handedIn, record);
        }

        for (long va = SOURCE; va < SOURCE + ROOM; va += 4096) {
            present(va);
        }
        assertArrayEquals(expected, machine.load(PASID, SOURCE, ROOM));
    }

    @Test
    void shouldContinueAChecksumBehindAMissingPage() {
        unmap(0b0010, SOURCE);
        Descriptor.Builder next =
                Descriptor.builder(Opcode.CRC_GENERATION)
                        .flags(DsaUnderTest.flags(false))
                        .source(SOURCE)
                        .size(ROOM);
        Descriptor handedIn = next.build();
        CompletionRecord first = dsa.carryOut(next);

        CompletionRecord second = dsa.carryOut(repair(handedIn, first));

        Crc32c crc = new Crc32c(0, false, false);
        crc.update(source, ROOM);
        assertEquals(4096, first.bytesCompleted());
        assertEquals(crc.value() & 0xffff_ffffL, second.specific());
    }

    @Test
    void shouldReportARecordThatCannotBeWrittenInTheErrorRegister() {
        machine.map(PASID, DESTINATION, ROOM);

        dsa.submitRaw(
                DsaUnderTest.move(SOURCE, DESTINATION, 64, true)
                        .completionAddress(0x5000_0000)
                        .build());
        machine.run();

        assertEquals(0x1a, dsa.softwareError() >>> 8 & 0xff);
        assertEquals(Opcode.MEMORY_MOVE.code(), dsa.softwareError() >>> 32 & 0xff);
        assertEquals(PASID, dsa.softwareError() >>> 40 & 0xf_ffff);
        assertEquals(0x5000_0000, machine.read(0, Register.SWERR + 16, 8));
    }

    private void assertMoved(int from, int to, long written, int size) {
        for (int i = 0; i < size; i++) {
            long va = DESTINATION + to + i;
            long physical = machine.agent().physical(PASID, va);
            if (physical >= 0) {
                byte expected = i < written ? source[from + i] : 0;
                assertEquals(expected, machine.load(PASID, va, 1)[0], "byte " + i);
            } else {
                assertTrue(i >= written, "byte " + i + " lies in a missing page");
            }
        }
    }

    /** Does what a program does: touches the page, and hands in the rest. */
    private Descriptor.Builder repair(Descriptor handedIn, CompletionRecord record) {
        assertEquals(Status.PAGE_FAULT, record.status());
        present(record.faultAddress());
        return Continuation.rest(handedIn, record).toBuilder();
    }

    private void present(long va) {
        if (machine.agent().physical(PASID, va) < 0) {
            long page = va & -4096L;
            machine.map(PASID, page, 1);
            if (page >= SOURCE && page < SOURCE + ROOM) {
                int offset = (int) (page - SOURCE);
                machine.store(PASID, page, Arrays.copyOfRange(source, offset, offset + 4096));
            }
        }
    }

    private void mapAllBut(int missing, long start) {
        for (int i = 0; i < PAGES; i++) {
            if ((missing >>> i & 1) == 0) {
                machine.map(PASID, start + i * 4096L, 1);
            }
        }
    }

    private void unmap(int pages, long start) {
        for (int i = 0; i < PAGES; i++) {
            if ((pages >>> i & 1) != 0) {
                machine.agent().unmap(PASID, start + i * 4096L, MachineUnderTest.RID);
            }
        }
        machine.run();
    }
}
