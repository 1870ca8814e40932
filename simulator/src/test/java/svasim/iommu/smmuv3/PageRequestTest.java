package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.PAGE_REQUESTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** The PRI queue: what is queued, what is answered by the unit itself, what is dropped. */
class PageRequestTest {
    private static final long OVERFLOW = 1L << 31;
    private static final int CAPACITY = 1 << SmmuUnderTest.QUEUE_LOG2;

    private SmmuUnderTest unit = new SmmuUnderTest().enabled();

    private void arrive(int pasid, int group, boolean last, boolean reads) {
        PasidPrefix prefix = pasid == NO_PASID ? null : new PasidPrefix(pasid);
        unit.smmu.receive(
                new Tlp.PageRequest(STREAM, VA, group, last, false, reads, prefix),
                unit.kernel.nowPs());
        unit.bench.settle();
    }

    private void arrive(int pasid, int group) {
        arrive(pasid, group, true, true);
    }

    private void stopMarker() {
        arrive(PASID, 0, true, false);
    }

    private void fill() {
        for (int i = 0; i < CAPACITY; i++) {
            arrive(PASID, i);
        }
        assertTrue(unit.sent.isEmpty());
    }

    private long produced() {
        return unit.register(RegisterOffset.PAGE_1 + RegisterOffset.PRIQ_PROD);
    }

    private void consume(long value) {
        unit.write(RegisterOffset.PAGE_1 + RegisterOffset.PRIQ_CONS, value);
    }

    private void assertAnswered(int group, int code, int pasid) {
        assertEquals(1, unit.sent.size());
        Tlp.PageGroupResponse response = (Tlp.PageGroupResponse) unit.sent.remove(0);
        assertEquals(group, response.prgIndex());
        assertEquals(code, response.code());
        assertEquals(pasid, PasidPrefix.number(response.pasid()));
        assertEquals(STREAM, response.destinationId());
    }

    private void assertSilent() {
        assertTrue(unit.sent.isEmpty());
    }

    @Test
    void shouldQueueRequestsAndStopMarkers() {
        arrive(PASID, 5);
        stopMarker();

        assertEquals(2, produced());
        assertEquals(0xD000002300000011L, unit.memory.readLong(PAGE_REQUESTS));
        assertEquals(VA | 5, unit.memory.readLong(PAGE_REQUESTS + 8));
        assertEquals(0xC000002300000011L, unit.memory.readLong(PAGE_REQUESTS + 16));
        assertSilent();
    }

    @Test
    void shouldSendEachAnswerOfSoftware() {
        int[] codes = {
            Tlp.PageGroupResponse.RESPONSE_FAILURE,
            Tlp.PageGroupResponse.INVALID_REQUEST,
            Tlp.PageGroupResponse.SUCCESS
        };
        long command = Opcode.PRI_RESP.code() | (long) STREAM << 32;
        for (int i = 0; i < codes.length; i++) {
            unit.command(command | 1 << 11 | PASID << 12, i << 12 | 0xA5);
            assertAnswered(0xA5, codes[i], PASID);
        }
        unit.command(command, 2 << 12 | 7);
        assertAnswered(7, Tlp.PageGroupResponse.SUCCESS, NO_PASID);
    }

    @Test
    void shouldToggleOverflowOnceAndAnswerTheLastOfEachGroup() {
        fill();

        arrive(PASID, 20);
        assertAnswered(20, Tlp.PageGroupResponse.SUCCESS, PASID);
        assertEquals(OVERFLOW | CAPACITY, produced());
        arrive(NO_PASID, 21);
        assertAnswered(21, Tlp.PageGroupResponse.SUCCESS, NO_PASID);
        arrive(PASID, 22, false, true);
        assertSilent();
        stopMarker();
        assertSilent();
        assertEquals(OVERFLOW | CAPACITY, produced());
    }

    @Test
    void shouldWriteNothingWhileTheOverflowIsPending() {
        fill();
        arrive(PASID, 20);
        unit.sent.clear();

        consume(CAPACITY);
        arrive(PASID, 21);
        assertAnswered(21, Tlp.PageGroupResponse.SUCCESS, PASID);

        consume(OVERFLOW | CAPACITY);
        arrive(PASID, 22);
        assertSilent();
        assertEquals(OVERFLOW | CAPACITY + 1, produced());
    }

    @Test
    void shouldAnswerWithPasidAsTheStreamSaysWithoutPps() {
        unit = new SmmuUnderTest(Map.of("IDR3.PPS", 0L)).enabled();
        unit.stream(STREAM, TableWords.stage1(CONTEXTS, 6).bit(1, 18, true));
        fill();
        arrive(PASID, 20);
        assertAnswered(20, Tlp.PageGroupResponse.SUCCESS, PASID);

        unit.stream(STREAM, TableWords.stage1(CONTEXTS, 6));
        unit.command(Opcode.CFGI_STE_RANGE.code(), 31);
        arrive(PASID, 21);
        assertAnswered(21, Tlp.PageGroupResponse.SUCCESS, NO_PASID);

        unit.stream(STREAM, new TableWords(0, 0, 0, 0));
        unit.command(Opcode.CFGI_STE_RANGE.code(), 31);
        arrive(PASID, 22);
        assertAnswered(22, Tlp.PageGroupResponse.RESPONSE_FAILURE, NO_PASID);
    }

    /** Loses a request to overflow whose stream is bad. */
    private void overflowOfBadStream(long cr2) {
        unit = new SmmuUnderTest(Map.of("IDR3.PPS", 0L)).enabled(cr2);
        unit.stream(STREAM, new TableWords(0, 0, 0, 0));
        fill();
        arrive(PASID, 20);
        assertAnswered(20, Tlp.PageGroupResponse.RESPONSE_FAILURE, NO_PASID);
    }

    @Test
    void shouldRecordBadStreamsOfLostRequestsOnDemandOnly() {
        overflowOfBadStream(0);
        assertEquals(0, unit.events());

        overflowOfBadStream(Cr2.REC_CFG_ATS);
        assertEquals(1, unit.events());
        assertEquals(Event.C_BAD_STE.code(), unit.lastEvent());
    }

    @Test
    void shouldFailRequestsWhileTheQueueIsOff() {
        unit.write(RegisterOffset.CR0, 0x1D);

        arrive(PASID, 5);
        assertAnswered(5, Tlp.PageGroupResponse.RESPONSE_FAILURE, NO_PASID);
        stopMarker();
        arrive(PASID, 6, false, true);
        assertSilent();
        assertEquals(0, produced());
    }

    @Test
    void shouldFailRequestsWhileTranslationIsOff() {
        unit.write(RegisterOffset.CR0, 0x1E);

        arrive(PASID, 5);

        assertAnswered(5, Tlp.PageGroupResponse.RESPONSE_FAILURE, NO_PASID);
    }

    @Test
    void shouldFailRequestsUntilAnAbortedWriteIsAcknowledged() {
        unit.write(RegisterOffset.CR0, 0x1D);
        unit.write64(RegisterOffset.PRIQ_BASE, SmmuUnderTest.MEMORY_END | 3);
        unit.write(RegisterOffset.CR0, 0x1F);

        arrive(PASID, 5);
        assertAnswered(5, Tlp.PageGroupResponse.RESPONSE_FAILURE, NO_PASID);
        assertEquals(Gerror.PRIQ_ABT_ERR, unit.register(RegisterOffset.GERROR));
        assertEquals(0, produced());
        arrive(PASID, 6);
        assertAnswered(6, Tlp.PageGroupResponse.RESPONSE_FAILURE, NO_PASID);
    }

    @Test
    void shouldInterruptWhenTheQueueGetsItsFirstEntry() {
        unit.write64(RegisterOffset.PRIQ_IRQ_CFG0, 0xFEE0_1000L);
        unit.write(RegisterOffset.PRIQ_IRQ_CFG0 + 8, 0x77);
        unit.write(RegisterOffset.IRQ_CTRL, 2);

        arrive(PASID, 1);
        arrive(PASID, 2);
        assertEquals(1, unit.bench.messages.size());
        assertEquals(0x77, unit.bench.messages.get(0).data());

        consume(2);
        arrive(PASID, 3);
        assertEquals(2, unit.bench.messages.size());
    }

    @Test
    void shouldInterruptForEachLastRequestOnDemand() {
        unit.write64(RegisterOffset.PRIQ_IRQ_CFG0, 0xFEE0_1000L);
        unit.write(RegisterOffset.PRIQ_IRQ_CFG0 + 12, OVERFLOW);
        unit.write(RegisterOffset.IRQ_CTRL, 2);

        arrive(PASID, 1, false, true);
        assertEquals(0, unit.bench.messages.size());
        arrive(PASID, 1);
        arrive(PASID, 2);

        assertEquals(2, unit.bench.messages.size());
    }

    @Test
    void shouldAnswerWithoutPrefixInformationOfTheRequest() {
        fill();
        unit.smmu.receive(
                new Tlp.PageRequest(
                        STREAM, VA, 9, true, false, true, new PasidPrefix(PASID, true, true)),
                unit.kernel.nowPs());

        Tlp.PageGroupResponse response = (Tlp.PageGroupResponse) unit.sent.get(0);
        assertEquals(new PasidPrefix(PASID), response.pasid());
        assertNull(unit.smmu.waitingFor().isEmpty() ? null : unit.smmu.waitingFor());
    }
}
