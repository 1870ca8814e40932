package svasim.iommu.smmuv3;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import svasim.iommu.core.ContractUnit;
import svasim.iommu.core.Invalidation;
import svasim.iommu.core.Invalidation.Reach;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.IommuContract;
import svasim.iommu.core.LiveChange;
import svasim.iommu.core.UnitBench;
import svasim.paging.LeafVisitor;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;

/** An SMMUv3 with stage 1 and substreams keeps the contract of all units. */
class SmmuContractTest extends IommuContract {
    @Override
    protected ContractUnit create() {
        return new Bound();
    }

    /** Each PASID has a context of its own, whose ASID is the PASID. */
    static final class Bound implements ContractUnit {
        private static final int STREAM = SmmuUnderTest.STREAM;
        private static final long OWNER = (long) STREAM << 32;

        private final SmmuUnderTest unit = new SmmuUnderTest();
        private int syncs;

        Bound() {
            unit.stream(STREAM, TableWords.stage1(SmmuUnderTest.CONTEXTS, 6)).enabled();
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
        public int requesterId() {
            return STREAM;
        }

        @Override
        public long hitPs() {
            return unit.config.hitPs();
        }

        @Override
        public void bind(int pasid) {
            TableWords context = TableWords.context(unit.newTable(), pasid);
            unit.context(SmmuUnderTest.CONTEXTS, pasid, context);
        }

        @Override
        public void unbind(int pasid) {
            unit.context(SmmuUnderTest.CONTEXTS, pasid, new TableWords(0, 0, 0, 0));
        }

        @Override
        public void map(int pasid, long iova, long output, int access) {
            unit.map(unit.stage1Of(pasid), iova, output, access);
        }

        @Override
        public void unmap(int pasid, long iova) {
            Stage stage = unit.stage1Of(pasid);
            new PageTableEditor(stage, unit.tables).unmap(iova, 0x1000, LeafVisitor.NONE);
        }

        @Override
        public long topEntry(int pasid, long iova) {
            return unit.stage1Of(pasid).root() + (iova >>> 39 & 0x1FF) * 8;
        }

        @Override
        public void invalidatePage(int pasid, long iova) {
            send(Opcode.TLBI_NH_VA.code() | tags(pasid), iova);
        }

        @Override
        public void invalidateTranslations(int pasid) {
            send(Opcode.TLBI_NH_ASID.code() | tags(pasid), 0);
        }

        @Override
        public void invalidatePasid(int pasid) {
            unit.place(Opcode.CFGI_CD.code() | substream(pasid), 1);
            send(Opcode.TLBI_NH_ASID.code() | tags(pasid), 0);
        }

        @Override
        public void invalidateDevicePage(int pasid, long iova) {
            send(Opcode.ATC_INV.code() | substream(pasid), iova);
        }

        private static long tags(int pasid) {
            return (long) SmmuUnderTest.VMID << 32 | (long) pasid << 48;
        }

        private static long substream(int pasid) {
            return OWNER | 1 << 11 | (long) pasid << 12;
        }

        /** Sends a command and a synchronisation; no time passes. */
        private void send(long w0, long w1) {
            unit.place(w0, w1);
            unit.place(Opcode.SYNC.code(), 0);
            syncs++;
            unit.smmu.writeRegister(
                    RegisterOffset.CMDQ_PROD, Integer.BYTES, unit.commandsWritten());
        }

        @Override
        public List<Invalidation> invalidations(int pasid, long iova) {
            Set<Reach> page = Set.of(Reach.PAGE);
            Set<Reach> space = Set.of(Reach.PAGE, Reach.NEXT_PAGE);
            Set<Reach> all = Set.of(Reach.PAGE, Reach.NEXT_PAGE, Reach.OTHER_SPACE);
            Set<Reach> configuration = Set.of(Reach.CONFIGURATION);
            long vmid = (long) SmmuUnderTest.VMID << 32;
            long asid = tags(pasid);
            return List.of(
                    invalidation(Opcode.TLBI_NH_VA, asid, iova, page),
                    invalidation(Opcode.TLBI_NH_VA, asid, iova | 1, page),
                    invalidation(Opcode.TLBI_NH_VAA, vmid, iova, with(page, Reach.OTHER_SPACE)),
                    invalidation(Opcode.TLBI_NH_ASID, asid, 0, space),
                    invalidation(Opcode.TLBI_NH_ASID, tags(pasid + 7), 0, Set.of()),
                    invalidation(Opcode.TLBI_NH_ALL, vmid, 0, all),
                    invalidation(Opcode.TLBI_NH_ALL, vmid + (1L << 32), 0, Set.of()),
                    invalidation(Opcode.TLBI_S12_VMALL, vmid, 0, all),
                    invalidation(Opcode.TLBI_S2_IPA, vmid, iova, Set.of()),
                    invalidation(Opcode.TLBI_EL2_ALL, 0, 0, Set.of()),
                    invalidation(Opcode.TLBI_NSNH_ALL, 0, 0, all),
                    invalidation(Opcode.CFGI_CD, substream(pasid), 1, configuration),
                    invalidation(Opcode.CFGI_CD, substream(pasid + 7), 1, Set.of()),
                    invalidation(Opcode.CFGI_CD_ALL, OWNER, 0, configuration),
                    invalidation(Opcode.CFGI_STE, OWNER, 1, configuration),
                    invalidation(Opcode.CFGI_STE, OWNER + (1L << 32), 1, Set.of()),
                    invalidation(Opcode.CFGI_STE_RANGE, 0, 31, configuration),
                    invalidation(Opcode.ATC_INV, substream(pasid), iova, Set.of()));
        }

        private static Set<Reach> with(Set<Reach> reaches, Reach more) {
            Set<Reach> both = EnumSet.of(more);
            both.addAll(reaches);
            return both;
        }

        private Invalidation invalidation(Opcode opcode, long w0, long w1, Set<Reach> reaches) {
            String name = opcode + " " + Long.toHexString(w0) + " " + Long.toHexString(w1);
            return new Invalidation(name, () -> send(opcode.code() | w0, w1), reaches);
        }

        @Override
        public List<LiveChange> liveChanges(int pasid, long iova, long output) {
            return new SmmuLiveChanges(unit, pasid, iova, output).all(this::forget);
        }

        /** Everything that a change of a stream or a context needs. */
        private void forget() {
            unit.place(Opcode.CFGI_STE.code() | OWNER, 1);
            unit.place(Opcode.CFGI_CD_ALL.code() | OWNER, 0);
            send(Opcode.TLBI_NSNH_ALL.code(), 0);
        }

        @Override
        public boolean complete() {
            long done =
                    unit.bench.executed.stream()
                            .filter(command -> command == Opcode.SYNC.code())
                            .count();
            return done == syncs;
        }

        @Override
        public int pageRequests() {
            long produced = unit.register(RegisterOffset.PAGE_1 + RegisterOffset.PRIQ_PROD);
            long consumed = unit.register(RegisterOffset.PAGE_1 + RegisterOffset.PRIQ_CONS);
            return (int) (produced - consumed) & (2 << SmmuUnderTest.QUEUE_LOG2) - 1;
        }

        /** The overflow flag is acknowledged with the index. */
        @Override
        public void recoverPageRequests() {
            long produced = unit.register(RegisterOffset.PAGE_1 + RegisterOffset.PRIQ_PROD);
            unit.write(RegisterOffset.PAGE_1 + RegisterOffset.PRIQ_CONS, produced);
        }

        @Override
        public void respond(int pasid, int group) {
            send(Opcode.PRI_RESP.code() | substream(pasid), 2 << 12 | group);
        }
    }
}
