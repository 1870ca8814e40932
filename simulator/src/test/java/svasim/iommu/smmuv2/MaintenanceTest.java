package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.ASID;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.PA;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.SECOND_BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.STREAM;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.VA;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.pcie.tlp.PasidPrefix;

/** What each TLB operation removes, and what it must leave (reference smmuv2.md 1 and 3). */
class MaintenanceTest {
    private static final long OTHER = VA + 0x1000;
    private static final long NOT_GLOBAL = 1L << 11;

    private final SmmuV2UnderTest unit = new SmmuV2UnderTest();
    private final Stage stage = unit.mapped(SmmuV2UnderTest.TERMINATE);

    /** Translations that are cached, by input address. */
    private List<Long> cached() {
        List<Long> addresses = new ArrayList<>();
        unit.smmu.visitTranslations(
                (requester, pasid, iova, shift, output, permissions) -> addresses.add(iova));
        addresses.sort(null);
        return addresses;
    }

    private void fill() {
        unit.map(stage, OTHER, PA, Access.READ);
        unit.read(VA);
        unit.read(OTHER);
        assertEquals(List.of(VA, OTHER), cached());
    }

    private void operate(TlbOperation operation, long operand) {
        unit.write64(unit.offset(BANK, operation.offset()), operand);
    }

    private static long page(int asid, long address) {
        return (long) asid << 48 | address >>> 12 & (1L << 44) - 1;
    }

    @Test
    void shouldRemoveOnePageOfTheAsid() {
        fill();
        operate(TlbOperation.TLBIVA, page(ASID + 1, VA));
        assertEquals(List.of(VA, OTHER), cached());

        operate(TlbOperation.TLBIVA, page(ASID, VA));

        assertEquals(List.of(OTHER), cached());
    }

    @Test
    void shouldTakeTheOperandInHalvesTheUpperFirst() {
        fill();
        long offset = unit.offset(BANK, TlbOperation.TLBIVA.offset());
        unit.write(offset + 4, (int) (page(ASID, VA) >>> 32));
        assertEquals(List.of(VA, OTHER), cached());

        unit.write(offset, (int) page(ASID, VA));

        assertEquals(List.of(OTHER), cached());
    }

    @Test
    void shouldRemoveGlobalPagesWhateverTheAsid() {
        long at = unit.leafAddress(stage, VA);
        unit.memory.writeLong(at, unit.memory.readLong(at) & ~NOT_GLOBAL);
        unit.read(VA);

        operate(TlbOperation.TLBIASID, ASID);
        assertEquals(List.of(VA), cached());
        operate(TlbOperation.TLBIVA, page(ASID + 1, VA));

        assertEquals(List.of(), cached());
    }

    @Test
    void shouldServeGlobalPagesToOtherAsids() {
        long at = unit.leafAddress(stage, VA);
        unit.memory.writeLong(at, unit.memory.readLong(at) & ~NOT_GLOBAL);
        unit.read(VA);
        long walks = unit.bench.counter("walk.count");

        unit.stage1Bank(BANK, stage.root(), ASID + 1, SmmuV2UnderTest.TERMINATE);
        unit.read(VA);

        assertEquals(walks, unit.bench.counter("walk.count"));
    }

    @Test
    void shouldRemoveOnePageOfAllAsids() {
        fill();

        operate(TlbOperation.TLBIVAA, page(0, OTHER));

        assertEquals(List.of(VA), cached());
    }

    @Test
    void shouldRemoveEverythingOfAnAsid() {
        fill();
        operate(TlbOperation.TLBIASID, ASID + 1);
        assertEquals(2, cached().size());

        operate(TlbOperation.TLBIASID, ASID);

        assertEquals(List.of(), cached());
    }

    @Test
    void shouldRemoveEverythingOfTheBanksVmid() {
        fill();
        unit.type(SECOND_BANK, BankAttributes.STAGE_1);
        unit.write(unit.attribute(0, SECOND_BANK), 1 << 16 | SmmuV2UnderTest.VMID + 1);
        unit.write(unit.offset(SECOND_BANK, TlbOperation.TLBIALL.offset()), 0);
        assertEquals(2, cached().size());

        operate(TlbOperation.TLBIALL, 0);

        assertEquals(List.of(), cached());
    }

    @Test
    void shouldRemoveTheLastLevelOnly() {
        fill();
        unit.memory.writeLong(stage.root() + (VA >>> 39) * 8, 0);

        operate(TlbOperation.TLBIVAL, page(ASID, VA));
        assertTrue(unit.read(VA).translated(), "by the tables that are still known");
        operate(TlbOperation.TLBIVA, page(ASID, VA));

        assertFalse(unit.read(VA).translated());
    }

    @Test
    void shouldRemoveByVmidWhateverTheType() {
        fill();
        unit.write(SmmuV2UnderTest.TLBIVMID, SmmuV2UnderTest.VMID + 1);
        assertEquals(2, cached().size());

        unit.write(SmmuV2UnderTest.TLBIVMID, SmmuV2UnderTest.VMID);

        assertEquals(List.of(), cached());
    }

    @Test
    void shouldRemoveEverythingButHypervisorContexts() {
        fill();
        unit.write(0x06C, 0);
        assertEquals(2, cached().size());

        unit.write(SmmuV2UnderTest.TLBIALLNSNH, 0);

        assertEquals(List.of(), cached());
    }

    @Test
    void shouldRemoveIntermediateAddressesOfStage2() {
        Stage second = SmmuV2UnderTest.stage2(unit.newTable());
        unit.stage2Bank(SECOND_BANK, second.root(), SmmuV2UnderTest.TERMINATE);
        unit.stream(0, STREAM, SECOND_BANK);
        unit.map(second, 0x5000, PA, Access.READ);
        unit.map(second, 0x6000, PA, Access.READ);
        unit.read(0x5000);
        unit.read(0x6000);
        unit.write64(unit.offset(SECOND_BANK, TlbOperation.TLBIVAA.offset()), 5);
        assertEquals(List.of(0x6000L), cached());
        unit.read(0x5000);

        unit.write64(unit.offset(SECOND_BANK, TlbOperation.TLBIIPAS2L.offset()), 6);
        assertEquals(List.of(0x5000L), cached());
        unit.write64(unit.offset(SECOND_BANK, TlbOperation.TLBIIPAS2.offset()), 5);

        assertEquals(List.of(), cached());
    }

    @Test
    void shouldUseEightBitsOfTheAsidOnly() {
        unit.stage1Bank(BANK, stage.root(), 0x1200 | ASID, SmmuV2UnderTest.TERMINATE);
        unit.writeBank(BANK, BankRegister.TCR2, 0x0003_8005);
        unit.read(VA);

        assertEquals(ASID, unit.smmu.explain(STREAM, PasidPrefix.NONE, VA, Access.READ).tag());
        operate(TlbOperation.TLBIASID, 0x3400 | ASID);
        assertEquals(List.of(), cached());
    }

    /** Any operation is legal on any bank, and leaves a unit that translates as before. */
    @ParameterizedTest
    @EnumSource
    void shouldStillTranslateAfterEachOperation(TlbOperation operation) {
        fill();
        operate(operation, -1L);

        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldBeActiveUntilAccessesLetThroughAreCarriedOut() {
        List<Runnable> callbacks = new ArrayList<>();
        unit.smmu.watch(callbacks::add);
        unit.read(VA);
        operate(TlbOperation.TLBIALL, 0);
        assertEquals(0, unit.bankRegister(BANK, BankRegister.TLBSTATUS));

        unit.writeBank(BANK, BankRegister.TLBSYNC, 0);
        unit.write(SmmuV2UnderTest.TLBGSYNC, 0);

        assertEquals(1, unit.bankRegister(BANK, BankRegister.TLBSTATUS));
        assertEquals(1, unit.register(SmmuV2UnderTest.TLBGSTATUS));
        callbacks.forEach(Runnable::run);
        assertEquals(0, unit.bankRegister(BANK, BankRegister.TLBSTATUS));
        assertEquals(0, unit.register(SmmuV2UnderTest.TLBGSTATUS));
    }
}
