package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** What units do alike that have PASIDs, page tables in memory, ATS and PRI. */
public abstract class IommuContract extends TableContract {
    protected ContractUnit unit;
    private UnitBench bench;
    private int device;

    /** A unit that is switched on, with nothing bound. */
    @Override
    protected abstract ContractUnit create();

    @Override
    protected final void prepare(MappingUnit created) {
        super.prepare(created);
        unit = (ContractUnit) created;
        bench = unit.bench();
        device = unit.requesterId();
    }

    @Test
    void shouldAnswerTranslationRequestWithEntryOfThePage() {
        Tlp.Completion completion = bench.ask(device, PASID, IOVA, false);

        assertEquals(CompletionStatus.SUCCESS, completion.status());
        long entry = Words.entry(completion, 0);
        assertEquals(PAGE, TranslationEntry.base(entry) & -4096);
        assertEquals(
                TranslationEntry.READ | TranslationEntry.WRITE,
                entry & (TranslationEntry.READ | TranslationEntry.WRITE));
    }

    /** Who checks the memory that a device reaches later knows nothing but this. */
    @Test
    void shouldTellTheTraceWhatATranslationRequestIsGiven() {
        bench.ask(device, PASID, IOVA, false);
        assertEquals("TranslationRequest given " + Long.toHexString(PAGE), bench.told());

        bench.ask(device, PASID, OTHER_IOVA, false);
        assertEquals("TranslationRequest refused", bench.told());
    }

    @Test
    void shouldAnswerTranslationRequestForAbsentPageWithNoAccess() {
        Tlp.Completion completion = bench.ask(device, PASID, OTHER_IOVA, false);

        assertEquals(CompletionStatus.SUCCESS, completion.status());
        assertEquals(0, Words.entry(completion, 0) & 3);
    }

    @Test
    void shouldQueuePageRequestAndSendSoftwaresAnswer() {
        bench.requestPage(device, PASID, OTHER_IOVA, 5);
        assertEquals(1, unit.pageRequests());
        bench.sent.clear();

        unit.respond(PASID, 5);
        bench.settle();

        var response = (Tlp.PageGroupResponse) bench.sent.get(0);
        assertEquals(5, response.prgIndex());
        assertEquals(Tlp.PageGroupResponse.SUCCESS, response.code());
        assertEquals(PASID, response.pasid().pasid());
    }

    @Test
    void shouldHoldWaitUntilDeviceHasCompletedInvalidation() {
        bench.devicesAnswer(false);
        unit.invalidateDevicePage(PASID, IOVA);
        bench.settle();
        assertFalse(unit.complete());

        bench.complete(device, 1);
        bench.settle();

        assertTrue(unit.complete());
    }

    /** No group is answered twice, and none is left without answer unless the unit says so. */
    @Test
    void shouldQueueOrAnswerEachPageRequestButNeverBoth() {
        int groups = 300;
        for (int group = 0; group < groups; group++) {
            bench.requestPage(device, PASID, OTHER_IOVA, group);
        }
        int answered = bench.sent.size();

        assertTrue(unit.pageRequests() > 0);
        assertTrue(unit.pageRequests() < groups, "the queue is meant to overflow");
        assertEquals(unit.answersOverflow() ? groups - unit.pageRequests() : 0, answered);
        for (Tlp sent : bench.sent) {
            assertTrue(((Tlp.PageGroupResponse) sent).prgIndex() >= unit.pageRequests());
        }
    }

    @Test
    void shouldQueuePageRequestsAgainAfterSoftwareHasRecovered() {
        for (int group = 0; group < 300; group++) {
            bench.requestPage(device, PASID, OTHER_IOVA, group);
        }
        int full = unit.pageRequests();
        bench.requestPage(device, PASID, OTHER_IOVA, 400);
        assertEquals(full, unit.pageRequests());

        unit.recoverPageRequests();
        bench.requestPage(device, PASID, OTHER_IOVA, 401);

        assertEquals(1, unit.pageRequests());
    }

    /** However far the unit has come with the request when software asks. */
    @Test
    void shouldHaveQueuedEachPageRequestOnceItIsDrained() {
        for (long delayPs = 0; delayPs < 800_000; delayPs += 19_991) {
            prepare();
            var prefix = UnitBench.prefix(PASID, 0);
            unit.iommu()
                    .receive(
                            new Tlp.PageRequest(device, OTHER_IOVA, 3, true, true, true, prefix),
                            bench.kernel.nowPs());
            bench.kernel.run(bench.kernel.nowPs() + delayPs, Long.MAX_VALUE);
            unit.drainPageRequests(PASID);
            while (!unit.complete()) {
                bench.kernel.run(bench.kernel.nowPs() + 1_000, Long.MAX_VALUE);
            }

            assertEquals(1, unit.pageRequests(), "after " + delayPs + " ps");
        }
    }
}
