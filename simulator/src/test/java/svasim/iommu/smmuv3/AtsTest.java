package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.MEMORY_END;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Provokes;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Translation Requests, translated traffic, and invalidations of the device's cache. */
class AtsTest {
    private static final int READ = Access.READ;
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long R = 1;
    private static final long RW = 3;

    private final SmmuUnderTest unit = SmmuUnderTest.mapped();

    private void assertStatus(CompletionStatus status, int pasid) {
        assertEquals(status, unit.translationRequest(pasid, VA, READ_WRITE).status());
    }

    private long entry(long address, int access) {
        return SmmuUnderTest.entry(unit.translationRequest(PASID, address, access));
    }

    @Test
    void shouldAnswerWithAddressAndPermissions() {
        Tlp.Completion completion = unit.translationRequest(PASID, VA, READ_WRITE);

        assertEquals(CompletionStatus.SUCCESS, completion.status());
        assertEquals(5, completion.tag());
        assertEquals(PA | RW, SmmuUnderTest.entry(completion));
    }

    @Test
    void shouldTellSizeOfLargerPages() {
        long block = 0x4000_0000L;
        new svasim.paging.PageTableEditor(unit.stage1Of(PASID), unit.tables)
                .map(0x1000_0000_0000L, block, 21, READ_WRITE);

        assertEquals(block | 0xFF800 | RW, entry(0x1000_0000_3000L, READ_WRITE));
    }

    @Test
    void shouldAnswerWithoutAccessWhereNothingIsMapped() {
        Tlp.Completion completion = unit.translationRequest(PASID, VA + 0x1000, READ_WRITE);

        assertEquals(CompletionStatus.SUCCESS, completion.status());
        assertEquals(0, SmmuUnderTest.entry(completion));
        assertEquals(0, unit.events());
    }

    @Test
    void shouldGrantReadOnlyPagesForReading() {
        unit.map(unit.stage1Of(PASID), VA + 0x1000, PA, READ);

        assertEquals(PA | R, entry(VA + 0x1000, READ_WRITE));
    }

    @Test
    void shouldCopyPrivilegeAndGrantExecutionOnlyOnDemand() {
        unit.map(unit.stage1Of(PASID), VA + 0x1000, PA, READ | Access.EXECUTE | Access.PRIVILEGED);

        assertEquals(
                PA | 0b11001, entry(VA + 0x1000, READ_WRITE | Access.EXECUTE | Access.PRIVILEGED));
        assertEquals(PA | 0b10001, entry(VA + 0x1000, READ_WRITE | Access.PRIVILEGED));
        assertEquals(0, entry(VA + 0x1000, READ_WRITE) & RW);
    }

    @Test
    void shouldLookUpEachPageOfARequest() {
        unit.map(unit.stage1Of(PASID), VA + 0x1000, PA + 0x7000, READ);

        Tlp.Completion completion =
                unit.translationRequest(
                        new Tlp.TranslationRequest(
                                STREAM,
                                1,
                                VA,
                                3,
                                false,
                                new PasidPrefix(PASID),
                                Attributes.DEFAULT));

        var entries = java.nio.ByteBuffer.wrap(completion.data()).asLongBuffer();
        assertEquals(3, entries.remaining());
        assertEquals(PA | RW, entries.get(0));
        assertEquals(PA + 0x7000 | R, entries.get(1));
        assertEquals(0, entries.get(2));
    }

    @Test
    void shouldSetDirtyStateForRequestsThatMayWriteOnly() {
        Stage stage = unit.stage1Of(PASID);
        unit.map(stage, VA + 0x1000, PA, READ);
        long leaf = unit.leafAddress(stage, VA + 0x1000);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) | 1L << 51);
        unit.context(
                CONTEXTS,
                PASID,
                TableWords.context(stage.root(), ASID).bit(0, 42, true).bit(0, 43, true));

        assertEquals(PA | R, entry(VA + 0x1000, READ));
        assertEquals(1L << 7, unit.memory.readLong(leaf) & 1L << 7);
        assertEquals(PA | RW, entry(VA + 0x1000, READ_WRITE));
        assertEquals(0, unit.memory.readLong(leaf) & 1L << 7);
        assertEquals(PA | RW, entry(VA + 0x1000, READ), "dirty already");
    }

    @Provokes(value = "F_BAD_ATS_TREQ", seen = Event.class)
    @Test
    void shouldBeUnsupportedWithoutAtsAndRecordThat() {
        unit.stream(STREAM, TableWords.stage1(CONTEXTS, 6).with(1, 29, 28, 0));

        assertStatus(CompletionStatus.UNSUPPORTED_REQUEST, PASID);
        assertEquals(Event.F_BAD_ATS_TREQ.code(), unit.lastEvent());
        assertEquals(VA, unit.eventWord(0, 2));
    }

    @Test
    void shouldBeUnsupportedForBypassedStreams() {
        unit.stream(STREAM, TableWords.bypass().with(1, 29, 28, 1));

        assertStatus(CompletionStatus.UNSUPPORTED_REQUEST, NO_PASID);
        assertEquals(Event.F_BAD_ATS_TREQ.code(), unit.lastEvent());
    }

    @Test
    void shouldBeUnsupportedWithoutEventForAbortedStreams() {
        unit.stream(STREAM, TableWords.bypass().with(0, 3, 1, 0));

        assertStatus(CompletionStatus.UNSUPPORTED_REQUEST, NO_PASID);
        assertEquals(0, unit.events());
    }

    @Test
    void shouldBeUnsupportedWhileTranslationIsOff() {
        unit.write(RegisterOffset.CR0, 0x1E);

        assertStatus(CompletionStatus.UNSUPPORTED_REQUEST, PASID);
        assertEquals(Event.F_BAD_ATS_TREQ.code(), unit.lastEvent());
        assertFalse(unit.translated(STREAM, PA, READ).translated());
        assertEquals(Event.F_TRANSL_FORBIDDEN.code(), unit.lastEvent());
    }

    @Test
    void shouldAbortOnErrorsOfTheConfiguration() {
        assertStatus(CompletionStatus.COMPLETER_ABORT, PASID + 1);
        assertEquals(Event.C_BAD_CD.code(), unit.lastEvent());
        assertStatus(CompletionStatus.COMPLETER_ABORT, 64);
        assertEquals(Event.C_BAD_SUBSTREAMID.code(), unit.lastEvent());
        assertStatus(CompletionStatus.COMPLETER_ABORT, 0);
        assertEquals(Event.F_STREAM_DISABLED.code(), unit.lastEvent());

        unit.stream(STREAM, TableWords.stage1(MEMORY_END, 6));
        unit.command(Opcode.CFGI_STE_RANGE.code(), 31);
        assertStatus(CompletionStatus.COMPLETER_ABORT, PASID);
        assertEquals(Event.F_CD_FETCH.code(), unit.lastEvent());
    }

    @Test
    void shouldRecordErrorsOfTheConfigurationOnDemandOnly() {
        SmmuUnderTest quiet = new SmmuUnderTest().enabled(Cr2.RECINVSID);

        assertEquals(
                CompletionStatus.COMPLETER_ABORT,
                quiet.translationRequest(PASID, VA, READ).status());
        assertEquals(0, quiet.events());
    }

    @Test
    void shouldPassTranslatedTrafficOfStreamsWithAts() {
        assertEquals(0xABC, unit.translated(STREAM, 0xABC, READ_WRITE).address());
    }

    @Test
    void shouldPassTranslatedTrafficUncheckedWithoutAtschk() {
        unit.stream(STREAM, new TableWords(0, 0, 0, 0));
        unit.write(RegisterOffset.CR0, 0x0F);

        assertEquals(0xABC, unit.translated(STREAM, 0xABC, READ).address());
    }

    @Test
    void shouldForbidTranslatedTrafficWhereNothingWasTranslated() {
        SmmuUnderTest plain = SmmuUnderTest.mapped(new SmmuUnderTest(Map.of("IDR0.ATS", 0L)));

        assertEquals(
                Event.F_TRANSL_FORBIDDEN.code(), plain.translated(STREAM, PA, Access.READ).code());
    }

    @Test
    void shouldAbortTranslatedTrafficOfAbortedStreamsWithoutEvent() {
        unit.stream(STREAM, TableWords.bypass().with(0, 3, 1, 0));

        assertFalse(unit.translated(STREAM, PA, READ).translated());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldSplitStagesBetweenRequestAndTranslatedTraffic() {
        Stage second = SmmuUnderTest.stage2(unit.newTable());
        for (long at = 0x1000_0000L; at < 0x1002_0000L; at += 0x1000) {
            unit.map(second, at, at, READ_WRITE);
        }
        unit.map(second, CONTEXTS, CONTEXTS, READ_WRITE);
        unit.map(unit.stage1Of(PASID), VA + 0x1000, 0x5000_0000L, READ_WRITE);
        unit.map(second, 0x5000_0000L, PA, READ);
        unit.stream(STREAM, TableWords.nested(CONTEXTS, 6, second.root()).with(1, 29, 28, 2));

        assertEquals(0x5000_0000L | R, entry(VA + 0x1000, READ_WRITE));
        assertEquals(PA, unit.translated(STREAM, 0x5000_0000L, READ).address());
        assertEquals(
                Event.F_PERMISSION.code(),
                unit.translated(STREAM, 0x5000_0000L, Access.WRITE).code());
    }

    private Tlp.InvalidateRequest invalidation(int index) {
        return (Tlp.InvalidateRequest) unit.sent.get(index);
    }

    @Test
    void shouldSendInvalidationsWithTheLowestFreeTagOfTheFunction() {
        unit.devicesSilent();
        unit.command(0x40 | 1 << 11 | (long) PASID << 12 | (long) STREAM << 32, VA);
        unit.command(0x40 | (long) STREAM << 32, 52);
        unit.command(0x40 | (long) (STREAM + 1) << 32, VA | 9);

        assertEquals(0, invalidation(0).itag());
        assertEquals(PASID, invalidation(0).pasid().pasid());
        assertEquals(VA, invalidation(0).address());
        assertFalse(invalidation(0).sized());
        assertEquals(1, invalidation(1).itag());
        assertEquals(Long.MAX_VALUE & -1L << 12, invalidation(1).address());
        assertTrue(invalidation(1).sized());
        assertEquals(0, invalidation(2).itag());
        assertEquals(VA & -1L << 21 | 0xFF000, invalidation(2).address());
    }

    @Test
    void shouldHoldSyncUntilEveryCompletionHasCome() {
        unit.devicesSilent();
        unit.command(0x40 | (long) STREAM << 32, 52);
        unit.sync();
        assertEquals(1, unit.bench.executed.size());

        unit.complete(invalidation(0), 2);
        unit.bench.settle();
        assertEquals(1, unit.bench.executed.size());

        unit.complete(invalidation(0), 2);
        unit.bench.settle();
        assertEquals(2, unit.bench.executed.size());
    }

    @Test
    void shouldFailSyncOnceAfterATimeoutAndNotBefore() {
        unit.devicesSilent();
        long sentPs = unit.kernel.nowPs() + UnitBench.DRAM_PS + unit.config.command().value();
        unit.command(0x40 | (long) STREAM << 32, 52);
        unit.sync();

        unit.kernel.run(sentPs + unit.config.atcTimeout().value() - 1, Long.MAX_VALUE);
        assertEquals(CommandError.NONE.code(), unit.commandError());
        unit.kernel.run(unit.kernel.nowPs() + 1, Long.MAX_VALUE);

        assertEquals(CommandError.ATC_INVALIDATION_TIMEOUT.code(), unit.commandError());
        assertEquals(1, unit.register(RegisterOffset.CMDQ_CONS) & 0xFFFFF);
        unit.write(RegisterOffset.GERRORN, Gerror.CMDQ_ERR);
        assertEquals(2, unit.bench.executed.size());
    }

    @Test
    void shouldHoldThe33rdInvalidationOfAFunction() {
        unit.devicesSilent();
        for (int i = 0; i < 33; i++) {
            unit.command(0x40 | (long) STREAM << 32, 52);
        }
        assertEquals(32, unit.sent.size());

        unit.complete(invalidation(7), 1);
        unit.bench.settle();
        assertEquals(33, unit.sent.size());
        assertEquals(7, invalidation(32).itag());
    }

    @Test
    void shouldIgnoreInvalidationsAndAnswersWhileTranslationIsOff() {
        unit.write(RegisterOffset.CR0, 0x1E);
        unit.command(0x40 | (long) STREAM << 32, 52);
        unit.command(0x41 | (long) STREAM << 32, 0x2005);

        assertEquals(2, unit.bench.executed.size());
        assertTrue(unit.sent.isEmpty());
    }
}
