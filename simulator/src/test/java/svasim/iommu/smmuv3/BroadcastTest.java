package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;
import static svasim.iommu.smmuv3.SmmuUnderTest.VMID;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.BroadcastTlbi;
import svasim.iommu.core.BroadcastTlbi.Operation;
import svasim.paging.Access;

/** TLB maintenance of CPUs that the unit listens to. */
class BroadcastTest {
    private SmmuUnderTest unit = SmmuUnderTest.mapped();

    private boolean removes(BroadcastTlbi operation) {
        assertEquals(PA, unit.read(VA).address());
        long leaf = unit.leafAddress(unit.stage1Of(PASID), VA);
        long mapped = unit.memory.readLong(leaf);
        unit.memory.writeLong(leaf, 0);
        unit.smmu.broadcast(operation);
        boolean removed = !unit.read(VA).translated();
        unit.memory.writeLong(leaf, mapped);
        return removed;
    }

    private static BroadcastTlbi page(Operation operation, int asid) {
        return new BroadcastTlbi(operation, VMID, asid, VA, 0x1000, true);
    }

    private static BroadcastTlbi whole(Operation operation) {
        return BroadcastTlbi.of(operation, VMID, ASID);
    }

    private void ownAsidSet() {
        TableWords words = TableWords.context(unit.stage1Of(PASID).root(), ASID);
        unit.context(CONTEXTS, PASID, words.bit(0, 47, true));
    }

    @Test
    void shouldRemoveWhatTheCpuNames() {
        assertTrue(removes(page(Operation.VA, ASID)));
        assertTrue(removes(page(Operation.VAA, 0)));
        assertTrue(removes(whole(Operation.ASID)));
        assertTrue(removes(whole(Operation.VMALL_E1)));
        assertTrue(removes(whole(Operation.VMALL_S12_E1)));
        assertTrue(removes(whole(Operation.ALL_E1)));
    }

    @Test
    void shouldKeepWhatItDoesNotName() {
        assertFalse(removes(page(Operation.VA, ASID + 1)));
        assertFalse(removes(page(Operation.IPA, 0)));
        assertFalse(removes(BroadcastTlbi.of(Operation.ASID, VMID, ASID + 1)));
        assertFalse(removes(BroadcastTlbi.of(Operation.VMALL_E1, VMID + 1, 0)));
    }

    @Test
    void shouldSpareAsidsOfItsOwnFromWhatNamesAnAsid() {
        ownAsidSet();

        assertFalse(removes(page(Operation.VA, ASID)));
        assertFalse(removes(page(Operation.VAA, 0)));
        assertFalse(removes(whole(Operation.ASID)));
        assertTrue(removes(whole(Operation.VMALL_E1)));
        assertTrue(removes(whole(Operation.ALL_E1)));
    }

    @Test
    void shouldTakeNoPartWithoutTheFeature() {
        unit = SmmuUnderTest.mapped(new SmmuUnderTest(Map.of("IDR0.BTM", 0L)));

        assertFalse(removes(whole(Operation.ALL_E1)));
    }

    @Test
    void shouldTakeNoPartWhenSoftwareSaysSo() {
        unit.write(RegisterOffset.CR0, 0x1E);
        unit.write(RegisterOffset.CR2, Cr2.PTM);
        unit.write(RegisterOffset.CR0, 0x1F);

        assertFalse(removes(whole(Operation.ALL_E1)));
    }

    @Test
    void shouldIgnoreTheLowBitsOfVmidsThatSoftwareMarks() {
        unit.write(RegisterOffset.CR0, 0x1F | 1 << 6);

        assertTrue(removes(BroadcastTlbi.of(Operation.VMALL_E1, VMID ^ 1, 0)));
        assertFalse(removes(BroadcastTlbi.of(Operation.VMALL_E1, VMID ^ 2, 0)));
    }

    @Test
    void shouldNotConfuseAsidsOfEightBits() {
        unit = SmmuUnderTest.mapped(new SmmuUnderTest(Map.of("IDR0.ASID16", 0L)));

        assertFalse(removes(page(Operation.VA, ASID | 0x100)));
        assertFalse(removes(BroadcastTlbi.of(Operation.ASID, VMID, ASID | 0x100)));
    }

    @Test
    void shouldBeCompleteWhenNobodyUsesWhatWasRemoved() {
        int token = unit.bench.start(STREAM, PASID, VA, Access.READ);
        unit.kernel.run(unit.kernel.nowPs() + 100_000, Long.MAX_VALUE);

        unit.smmu.broadcast(whole(Operation.ALL_E1));

        assertFalse(unit.smmu.broadcastsComplete());
        while (unit.bench.outcome(token).pending()) {
            unit.kernel.run(unit.kernel.nowPs() + 1_000, Long.MAX_VALUE);
        }
        assertTrue(unit.smmu.broadcastsComplete());
    }
}
