package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.MEMORY_END;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.PA;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.SECOND_BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.STREAM;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.VA;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.iommu.core.Provokes;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;

/** Each fault of the unit, provoked, and where software finds it. */
class FaultsProvokedTest {
    private static final long ABSENT = VA + 0x1000;
    private static final long ACCESS_FLAG = 1L << 10;
    private static final int FAULT_TYPE = 2 << 16;

    private final SmmuV2UnderTest unit = new SmmuV2UnderTest();
    private final Stage stage = unit.mapped(SmmuV2UnderTest.TERMINATE);
    private final Map<Fault, Consumer<SmmuV2UnderTest>> provocations = provocations();

    private Map<Fault, Consumer<SmmuV2UnderTest>> provocations() {
        Map<Fault, Consumer<SmmuV2UnderTest>> all = new EnumMap<>(Fault.class);
        all.put(Fault.ICF, u -> u.stream(0, STREAM, FAULT_TYPE));
        all.put(Fault.USF, u -> u.stream(0, STREAM + 1, BANK));
        all.put(Fault.SMCF, u -> u.stream(1, STREAM, BANK));
        all.put(Fault.UCBF, u -> u.stream(0, STREAM, 0x20));
        all.put(Fault.UCIF, u -> u.write(u.attribute(0, BANK), 8 << 24 | 1 << 16));
        all.put(Fault.TF, u -> changeLeaf(1L, false));
        all.put(Fault.AFF, u -> changeLeaf(ACCESS_FLAG, false));
        all.put(Fault.PF, u -> changeLeaf(1L << 7, true));
        all.put(Fault.EF, u -> unreadableTable());
        all.put(Fault.ASF, u -> u.writeBank(BANK, BankRegister.TCR2, 0x0003_8010));
        return all;
    }

    private void changeLeaf(long bit, boolean set) {
        long at = unit.leafAddress(stage, VA);
        long leaf = unit.memory.readLong(at);
        unit.memory.writeLong(at, set ? leaf | bit : leaf & ~bit);
    }

    private void unreadableTable() {
        unit.memory.writeLong(stage.root() + (VA >>> 39) * 8, MEMORY_END | 3);
    }

    private static UnitBench.Outcome translated(SmmuV2UnderTest unit) {
        return unit.bench.translated(STREAM, PasidPrefix.NONE, VA, Access.WRITE);
    }

    private UnitBench.Outcome provoke(Fault fault) {
        if (fault == Fault.UUT) {
            return translated(unit);
        }
        provocations.get(fault).accept(unit);
        return unit.write(VA);
    }

    @Provokes
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TLBMCF")
    void shouldRecordEachFaultWhereItBelongs(Fault fault) {
        UnitBench.Outcome outcome = provoke(fault);

        assertEquals(fault.code(), outcome.code());
        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, outcome.status());
        int global = unit.register(SmmuV2UnderTest.SGFSR);
        int ofBank = unit.bankRegister(BANK, BankRegister.FSR);
        assertEquals(fault.global() ? fault.status() : 0, global);
        assertEquals(fault.global() ? 0 : fault.status(), ofBank);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TLBMCF")
    void shouldTellTheStreamOfEachFault(Fault fault) {
        provoke(fault);

        int stream =
                fault.global() ? unit.register(SmmuV2UnderTest.SGFSYNR1) : unit.faultStream(BANK);
        assertEquals(STREAM, stream);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TLBMCF")
    void shouldExplainEachFaultWithoutRecordingIt(Fault fault) {
        if (fault == Fault.UUT) {
            assertEquals(fault.code(), unit.smmu.explain(STREAM, 1, VA, Access.READ).faultCode());
        } else {
            provocations.get(fault).accept(unit);
            assertEquals(
                    fault.code(),
                    unit.smmu.explain(STREAM, PasidPrefix.NONE, VA, Access.WRITE).faultCode());
        }
        assertEquals(0, unit.register(SmmuV2UnderTest.SGFSR));
        assertEquals(0, unit.bankRegister(BANK, BankRegister.FSR));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TLBMCF")
    void shouldReadZeroInsteadOfAbortingIfSoftwareWantsIt(Fault fault) {
        unit.write(SmmuV2UnderTest.SCR0, 1 << 10);
        unit.writeBank(BANK, BankRegister.SCTLR, 1);

        UnitBench.Outcome outcome = provoke(fault);

        assertFalse(outcome.translated());
        assertEquals(CompletionStatus.SUCCESS, outcome.status());
    }

    @Test
    void shouldRefuseRequestsWithAPasid() {
        UnitBench.Outcome outcome = unit.bench.access(STREAM, 1, VA, Access.READ);

        assertEquals(Fault.UUT.code(), outcome.code());
    }

    @Test
    void shouldCallTheseContextsInvalid() {
        for (int attributes : List.of(2 << 16, 3 << 16 | BANK << 8)) {
            unit.write(unit.attribute(0, BANK), attributes);
            assertEquals(Fault.ICF.code(), unit.read(VA).code());
        }
        unit.write(unit.attribute(0, BANK), 3 << 16 | 0x20 << 8);
        assertEquals(Fault.UCBF.code(), unit.read(VA).code());
        unit.type(BANK, BankAttributes.STAGE_1);
        unit.write(unit.attribute(0x800, BANK), 0);
        assertEquals(Fault.ICF.code(), unit.read(VA).code());
    }

    @Test
    void shouldRefuseStagesThatTheUnitDoesNotHave() {
        Map<Integer, String> lacking = Map.of(0, "ID0.S2TS", 1, "ID0.S1TS", 3, "ID0.NTS");
        lacking.forEach(
                (type, feature) -> {
                    var poor = new SmmuV2UnderTest(Map.of(feature, 0L));
                    poor.type(BANK, type);
                    poor.stream(0, STREAM, BANK);
                    assertEquals(Fault.ICF.code(), poor.read(VA).code(), feature);
                });
    }

    @Test
    void shouldKeepTheFirstFaultAndOnlyMarkLaterOnes() {
        unit.write(ABSENT);
        unit.read(ABSENT + 0x1000);

        assertEquals(ABSENT, unit.wideRegister(BANK, BankRegister.FAR));
        assertEquals(0x10, unit.bankRegister(BANK, BankRegister.FSYNR0));
        int status = unit.bankRegister(BANK, BankRegister.FSR);
        assertEquals(Fault.TF.status() | FaultSyndrome.MULTI, status);
    }

    @Test
    void shouldRecordAgainAfterSoftwareHasClearedTheFault() {
        unit.write(ABSENT);
        unit.writeBank(BANK, BankRegister.FSR, -1);
        assertEquals(0, unit.bankRegister(BANK, BankRegister.FSR));

        unit.read(ABSENT + 0x1000);

        assertEquals(ABSENT + 0x1000, unit.wideRegister(BANK, BankRegister.FAR));
        assertEquals(0, unit.bankRegister(BANK, BankRegister.FSYNR0));
    }

    @Test
    void shouldMarkLaterGlobalFaults() {
        unit.access(STREAM + 1, VA, Access.WRITE);
        unit.access(STREAM + 2, VA, Access.READ);

        assertEquals(
                Fault.USF.status() | FaultSyndrome.MULTI, unit.register(SmmuV2UnderTest.SGFSR));
        assertEquals(STREAM + 1, unit.register(SmmuV2UnderTest.SGFSYNR1));
        assertEquals(1 << 1, unit.register(SmmuV2UnderTest.SGFSYNR0));
        unit.write(SmmuV2UnderTest.SGFSR, -1);
        assertEquals(0, unit.register(SmmuV2UnderTest.SGFSR));
    }

    @Test
    void shouldInterruptOnceWhileAFaultStands() {
        unit.write(unit.attribute(0, BANK), 2 << 24 | 1 << 16 | SmmuV2UnderTest.VMID);
        unit.write(ABSENT);
        unit.write(ABSENT);
        assertEquals(List.of(new UnitBench.Message(0, 3)), unit.bench.messages);

        unit.writeBank(BANK, BankRegister.FSR, -1);
        unit.write(ABSENT);

        assertEquals(2, unit.bench.messages.size());
    }

    @Test
    void shouldInterruptWhenItIsEnabledAfterTheFault() {
        unit.writeBank(BANK, BankRegister.SCTLR, 0x27);
        unit.write(ABSENT);
        assertTrue(unit.bench.messages.isEmpty());

        unit.writeBank(BANK, BankRegister.SCTLR, SmmuV2UnderTest.TERMINATE);

        assertEquals(1, unit.bench.messages.size());
    }

    @Test
    void shouldInterruptForGlobalFaultsOfTheEnabledKind() {
        unit.write(SmmuV2UnderTest.SCR0, SmmuV2UnderTest.CONTROL & ~(1 << 2));
        unit.access(STREAM + 1, VA, Access.READ);
        assertTrue(unit.bench.messages.isEmpty());

        unit.stream(0, STREAM, FAULT_TYPE);
        unit.read(VA);

        assertEquals(List.of(new UnitBench.Message(0, 0)), unit.bench.messages);
    }

    @Test
    void shouldRestoreASavedStatus() {
        unit.writeBank(BANK, BankRegister.FSRRESTORE, Fault.PF.status());

        assertEquals(Fault.PF.status(), unit.bankRegister(BANK, BankRegister.FSR));
        assertEquals(1, unit.bench.messages.size());
        unit.write(ABSENT);
        assertEquals(0, unit.wideRegister(BANK, BankRegister.FAR));
    }

    @Test
    void shouldRecordFaultsOfStage2InItsBankWithBothAddresses() {
        Stage second = unit.nested(SmmuV2UnderTest.TERMINATE);
        for (long table = stage.root(); table < stage.root() + 0x1_0000; table += 0x1000) {
            unit.map(second, table, table, Access.READ);
        }

        UnitBench.Outcome outcome = unit.read(VA + 8);

        assertEquals(Fault.TF.code(), outcome.code());
        assertEquals(0, unit.bankRegister(BANK, BankRegister.FSR));
        assertEquals(Fault.TF.status(), unit.bankRegister(SECOND_BANK, BankRegister.FSR));
        assertEquals(VA + 8, unit.wideRegister(SECOND_BANK, BankRegister.FAR));
        assertEquals(PA + 8, unit.wideRegister(SECOND_BANK, BankRegister.IPAFAR));
        assertEquals(STREAM, unit.faultStream(SECOND_BANK));
    }

    @Test
    void shouldGiveEachFaultACodeOfItsOwn() {
        Set<Fault> provoked = new TreeSet<>(provocations.keySet());
        provoked.add(Fault.UUT);
        provoked.add(Fault.TLBMCF);

        assertEquals(Set.of(Fault.values()), provoked);
        assertEquals(Fault.values().length, provoked.stream().map(Fault::code).distinct().count());
    }

    @Test
    void shouldNotAcceptTranslatedRequestsOrTranslationRequests() {
        UnitBench.Outcome outcome = translated(unit);

        assertEquals(Fault.UUT.code(), outcome.code());
        assertEquals(
                CompletionStatus.UNSUPPORTED_REQUEST,
                unit.bench.ask(STREAM, PasidPrefix.NONE, VA, false).status());
    }
}
