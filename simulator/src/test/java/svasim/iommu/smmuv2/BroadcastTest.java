package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.ASID;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.CONTROL;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.PA;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.SCR0;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.TERMINATE;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.VA;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.VMID;

import org.junit.jupiter.api.Test;
import svasim.iommu.core.BroadcastTlbi;
import svasim.iommu.core.BroadcastTlbi.Operation;
import svasim.paging.Access;
import svasim.paging.Stage;

/** TLB maintenance of CPUs that the unit listens to. */
class BroadcastTest {
    private static final int PRIVATE_VMIDS = 1 << 11;
    private static final int PRIVATE_MAINTENANCE = 1 << 12;
    private static final long IPA = 0x5000_0000L;

    private final SmmuV2UnderTest unit = new SmmuV2UnderTest();
    private final Stage stage = unit.mapped(TERMINATE);

    private boolean removes(BroadcastTlbi operation) {
        long leaf = unit.leafAddress(stage, VA);
        long mapped = unit.memory.readLong(leaf);
        assertTrue(unit.read(VA).translated());
        unit.memory.writeLong(leaf, 0);
        unit.smmu.broadcast(operation);
        boolean removed = !unit.read(VA).translated();
        unit.memory.writeLong(leaf, mapped);
        unit.writeBank(BANK, BankRegister.FSR, -1);
        return removed;
    }

    private static BroadcastTlbi page(Operation operation, int asid) {
        return new BroadcastTlbi(operation, VMID, asid, VA, 0x1000, true);
    }

    private static BroadcastTlbi whole(Operation operation) {
        return BroadcastTlbi.of(operation, VMID, ASID);
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
        assertFalse(removes(BroadcastTlbi.of(Operation.VMALL_E1, VMID + 1, 0)));
    }

    @Test
    void shouldReachNestedContextsToo() {
        Stage second = unit.nested(TERMINATE);
        for (long table = stage.root(); table < stage.root() + 0x10000; table += 0x1000) {
            unit.map(second, table, table, Access.READ | Access.WRITE);
        }
        unit.map(second, IPA, PA, Access.READ);
        unit.map(stage, VA + 0x1000, IPA, Access.READ);
        assertEquals(PA, unit.read(VA + 0x1000).address());
        long leaf = unit.leafAddress(stage, VA + 0x1000);
        unit.memory.writeLong(leaf, 0);

        unit.smmu.broadcast(new BroadcastTlbi(Operation.VA, VMID, ASID, VA + 0x1000, 0x1000, true));

        assertFalse(unit.read(VA + 0x1000).translated());
    }

    @Test
    void shouldTakeNoPartWhereMaintenanceIsPrivate() {
        unit.write(SCR0, CONTROL | PRIVATE_MAINTENANCE);

        assertFalse(removes(whole(Operation.ALL_E1)));
    }

    @Test
    void shouldIgnoreVmidsThatMeanSomethingElseHere() {
        unit.write(SCR0, CONTROL | PRIVATE_VMIDS);

        assertFalse(removes(whole(Operation.VMALL_E1)));
        assertTrue(removes(whole(Operation.ALL_E1)));
    }

    @Test
    void shouldSpareAsidsOfItsOwnFromWhatNamesAnAsid() {
        unit.writeBank(BANK, BankRegister.SCTLR, TERMINATE | SystemControl.PRIVATE_ASID);

        assertFalse(removes(page(Operation.VA, ASID)));
        assertFalse(removes(whole(Operation.ASID)));
        assertTrue(removes(whole(Operation.VMALL_E1)));
    }

    @Test
    void shouldBeCompleteWhenNobodyUsesWhatWasRemoved() {
        assertTrue(removes(whole(Operation.ALL_E1)));

        assertTrue(unit.smmu.broadcastsComplete());
    }
}
