package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.PA;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.SECOND_BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.STALL;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.VA;

import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;

/** Transactions that fault and wait for software (reference smmuv2.md 3). */
class StallTest {
    private static final long ABSENT = VA + 0x1000;
    private static final int RETRY = 0;
    private static final int TERMINATE = 1;

    private final SmmuV2UnderTest unit = new SmmuV2UnderTest();
    private final Stage stage = unit.mapped(STALL);

    private UnitBench.Outcome outcome(int token) {
        return unit.bench.outcome(token);
    }

    private void resume(int how) {
        unit.writeBank(BANK, BankRegister.FSR, Fault.TF.status());
        unit.writeBank(BANK, BankRegister.RESUME, how);
    }

    private int status() {
        return unit.bankRegister(BANK, BankRegister.FSR);
    }

    @Test
    void shouldHoldTheTransactionAndTellSoftware() {
        int token = unit.start(ABSENT);

        assertTrue(outcome(token).pending());
        assertEquals(Fault.TF.status() | FaultSyndrome.STALLED, status());
        assertEquals(1, unit.bench.messages.size());
        assertTrue(unit.smmu.waitingFor().contains("1 stalled"));
    }

    @Test
    void shouldTryAgainWhenResumed() {
        int token = unit.start(ABSENT);
        unit.map(stage, ABSENT, PA, Access.READ);

        resume(RETRY);

        assertEquals(PA, outcome(token).address());
        assertEquals(0, status());
        assertEquals("", unit.smmu.waitingFor());
    }

    @Test
    void shouldStallAgainWhenNothingHasChanged() {
        int token = unit.start(ABSENT);

        resume(RETRY);

        assertTrue(outcome(token).pending());
        assertEquals(Fault.TF.status() | FaultSyndrome.STALLED, status());
    }

    @Test
    void shouldMarkTheFaultOfARetryThatCameBeforeTheClearing() {
        unit.start(ABSENT);

        unit.writeBank(BANK, BankRegister.RESUME, RETRY);

        assertEquals(Fault.TF.status() | FaultSyndrome.STALLED | FaultSyndrome.MULTI, status());
    }

    @Test
    void shouldKeepTheStalledMarkUntilItIsResumed() {
        unit.start(ABSENT);

        unit.writeBank(BANK, BankRegister.FSR, -1);

        assertEquals(FaultSyndrome.STALLED, status());
    }

    @Test
    void shouldAbortWhenSoftwareTerminates() {
        int token = unit.start(ABSENT);

        resume(TERMINATE);

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, outcome(token).status());
        assertEquals(0, status());
    }

    @Test
    void shouldReadZeroWhenSoftwareTerminatesAndWantsNoAborts() {
        unit.writeBank(BANK, BankRegister.SCTLR, STALL & ~SystemControl.FAULT_ABORTS);
        int token = unit.start(ABSENT);

        resume(TERMINATE);

        assertEquals(CompletionStatus.SUCCESS, outcome(token).status());
    }

    @Test
    void shouldHoldLaterTransactionsOfTheBank() {
        unit.start(ABSENT);
        int later = unit.start(VA);
        assertTrue(outcome(later).pending());

        resume(TERMINATE);

        assertEquals(PA, outcome(later).address());
    }

    @Test
    void shouldNotHoldOtherBanks() {
        unit.start(ABSENT);
        Stage other = SmmuV2UnderTest.stage1(unit.newTable());
        unit.map(other, VA, PA, Access.READ);
        unit.type(SECOND_BANK, BankAttributes.STAGE_1);
        unit.stage1Bank(SECOND_BANK, other.root(), 1, STALL);
        unit.stream(1, 0x77, SECOND_BANK);

        assertTrue(unit.access(0x77, VA, Access.READ).translated());
    }

    @Test
    void shouldLetLaterTransactionsHitUnderTheFault() {
        unit.writeBank(BANK, BankRegister.SCTLR, STALL | SystemControl.HIT_UNDER_FAULT);
        int stalled = unit.start(ABSENT);

        assertTrue(unit.read(VA).translated());
        assertTrue(outcome(stalled).pending());
    }

    @Test
    void shouldServeSecondFaultAfterTheFirstIsResumed() {
        unit.writeBank(BANK, BankRegister.SCTLR, STALL | SystemControl.HIT_UNDER_FAULT);
        int first = unit.start(ABSENT);
        int second = unit.start(ABSENT + 0x1000);
        assertNotEquals(0, status() & FaultSyndrome.MULTI);

        unit.writeBank(BANK, BankRegister.FSR, -1);
        unit.writeBank(BANK, BankRegister.RESUME, TERMINATE);

        assertFalse(outcome(first).pending());
        assertTrue(outcome(second).pending());
        assertEquals(ABSENT + 0x1000, unit.wideRegister(BANK, BankRegister.FAR));
        resume(TERMINATE);
        assertFalse(outcome(second).pending());
    }

    @Test
    void shouldIgnoreResumeWithoutStall() {
        resume(RETRY);
        resume(TERMINATE);

        assertTrue(unit.read(VA).translated());
    }

    @Test
    void shouldNotStallWhatRetryingCannotRepair() {
        UnitBench.Outcome outcome =
                unit.bench.translated(SmmuV2UnderTest.STREAM, PasidPrefix.NONE, VA, Access.READ);

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, outcome.status());
    }

    @Test
    void shouldStallInTheBankOfStage2() {
        Stage second = unit.nested(STALL);
        unit.writeBank(BANK, BankRegister.SCTLR, SmmuV2UnderTest.TERMINATE);
        int token = unit.start(VA);
        int later = unit.start(VA + 8);
        assertTrue(outcome(token).pending());

        for (long table = stage.root(); table < stage.root() + 0x1_0000; table += 0x1000) {
            unit.map(second, table, table, Access.READ);
        }
        unit.map(second, PA, PA + 0x5000, Access.READ);
        unit.writeBank(SECOND_BANK, BankRegister.FSR, -1);
        unit.writeBank(SECOND_BANK, BankRegister.RESUME, RETRY);

        assertEquals(PA + 0x5000, outcome(token).address());
        assertEquals(PA + 0x5008, outcome(later).address());
    }
}
