package svasim.iommu.smmuv2;

import java.util.List;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.LiveChange;
import svasim.iommu.core.TableContract;
import svasim.iommu.core.TableUnit;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.paging.LeafVisitor;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.pcie.tlp.PasidPrefix;

/** An SMMUv2 with stage 1 keeps the contract of all units that walk tables. */
class SmmuV2ContractTest extends TableContract {
    @Override
    protected TableUnit create() {
        return new Bound();
    }

    /** Each address space has a stream and a context bank; its ASID is its number. */
    private static final class Bound implements TableUnit {
        private static final int STREAMS = 0x100;
        private static final int FIRST = 0x20;

        private final SmmuV2UnderTest unit = new SmmuV2UnderTest();

        private static int bank(int space) {
            return space - FIRST;
        }

        private Stage stage(int space) {
            long table = unit.wideRegister(bank(space), BankRegister.TTBR0);
            return SmmuV2UnderTest.stage1(table & (1L << 48) - 1);
        }

        @Override
        public UnitBench bench() {
            return unit.bench;
        }

        @Override
        public Iommu iommu() {
            return unit.smmu;
        }

        @Override
        public int requesterId(int space) {
            return STREAMS + space;
        }

        @Override
        public int pasid(int space) {
            return PasidPrefix.NONE;
        }

        @Override
        public long hitPs() {
            return unit.config.tlb().lookup().value();
        }

        @Override
        public void bind(int space) {
            int bank = bank(space);
            unit.type(bank, BankAttributes.STAGE_1);
            unit.stage1Bank(bank, unit.newTable(), space, SmmuV2UnderTest.TERMINATE);
            unit.stream(bank, requesterId(space), bank);
        }

        @Override
        public void unbind(int space) {
            unit.smmu.writeRegister(GlobalRegister.SMR + 4L * bank(space), 4, 0);
        }

        @Override
        public void map(int space, long iova, long output, int access) {
            unit.map(stage(space), iova, output, access);
        }

        @Override
        public void unmap(int space, long iova) {
            new PageTableEditor(stage(space), unit.tables).unmap(iova, 0x1000, LeafVisitor.NONE);
        }

        @Override
        public long topEntry(int space, long iova) {
            return stage(space).root() + (iova >>> 39 & 0x1FF) * 8;
        }

        @Override
        public void invalidatePage(int space, long iova) {
            operate(space, TlbOperation.TLBIVA, (long) space << 48 | iova >>> 12);
        }

        @Override
        public void invalidateTranslations(int space) {
            operate(space, TlbOperation.TLBIASID, space);
        }

        @Override
        public void invalidatePasid(int space) {
            invalidateTranslations(space);
        }

        /** Starts an operation and a synchronisation; no time passes. */
        private void operate(int space, TlbOperation operation, long operand) {
            int bank = bank(space);
            unit.smmu.writeRegister(unit.offset(bank, operation.offset()), 8, operand);
            unit.smmu.writeRegister(SmmuV2UnderTest.TLBGSYNC, 4, 0);
        }

        @Override
        public List<LiveChange> liveChanges(int space, long iova, long output) {
            long tables = unit.newTable();
            unit.map(SmmuV2UnderTest.stage1(tables), iova, output, Access.READ | Access.WRITE);
            long base = unit.offset(bank(space), BankRegister.TTBR0);
            int other = bank(space) + 8;
            return List.of(
                    change(space, "other tables", base, 8, (long) space << 48 | tables),
                    new LiveChange(
                            "other bank",
                            List.of(
                                    () -> {
                                        unit.type(other, BankAttributes.STAGE_1);
                                        unit.stage1Bank(
                                                other, tables, space, SmmuV2UnderTest.TERMINATE);
                                    },
                                    () -> store(GlobalRegister.S2CR + 4L * bank(space), 4, other)),
                            () -> invalidateTranslations(space)));
        }

        private LiveChange change(int space, String name, long register, int bytes, long value) {
            Runnable store = () -> store(register, bytes, value);
            return new LiveChange(name, List.of(store), () -> invalidateTranslations(space));
        }

        private void store(long register, int bytes, long value) {
            unit.smmu.writeRegister(register, bytes, value);
        }

        @Override
        public boolean complete() {
            return unit.register(SmmuV2UnderTest.TLBGSTATUS) == 0;
        }
    }
}
