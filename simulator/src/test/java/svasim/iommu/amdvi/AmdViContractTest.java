package svasim.iommu.amdvi;

import java.util.List;
import java.util.Set;
import svasim.iommu.core.ContractUnit;
import svasim.iommu.core.Invalidation;
import svasim.iommu.core.Invalidation.Reach;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.IommuContract;
import svasim.iommu.core.LiveChange;
import svasim.iommu.core.UnitBench;

/** An AMD IOMMU with guest tables keeps the contract of all units. */
class AmdViContractTest extends IommuContract {
    @Override
    protected ContractUnit create() {
        return new Bound();
    }

    static final class Bound implements ContractUnit {
        private static final long GUEST = 1 << 2;
        private static final long TABLES = 1 << 1;
        private static final long EVERYTHING = 0x7FFF_FFFF_FFFF_F001L;

        private final AmdViUnderTest unit = new AmdViUnderTest().guestDevice().on();
        private long waits;

        @Override
        public UnitBench bench() {
            return unit.bench;
        }

        @Override
        public Iommu iommu() {
            return unit.unit;
        }

        @Override
        public int requesterId() {
            return AmdViUnderTest.DEVICE;
        }

        @Override
        public long hitPs() {
            return unit.config.deviceCache().lookup().value()
                    + unit.config.guestRootCache().lookup().value()
                    + unit.config.iotlb().lookup().value();
        }

        @Override
        public void bind(int pasid) {
            unit.bind(pasid);
        }

        @Override
        public void unbind(int pasid) {
            unit.store(unit.guestRootEntry(pasid), 0);
        }

        @Override
        public void map(int pasid, long iova, long output, int access) {
            unit.map(unit.guestOf(pasid), iova, output, access);
        }

        @Override
        public void unmap(int pasid, long iova) {
            unit.unmap(unit.guestOf(pasid), iova);
        }

        @Override
        public long topEntry(int pasid, long iova) {
            return unit.guestOf(pasid).root() + (iova >>> 39 & 0x1FF) * 8;
        }

        @Override
        public void invalidatePage(int pasid, long iova) {
            send(pages(pasid), iova | GUEST | TABLES);
        }

        @Override
        public void invalidateTranslations(int pasid) {
            send(pages(pasid), EVERYTHING | GUEST | TABLES);
        }

        @Override
        public void invalidatePasid(int pasid) {
            invalidateTranslations(pasid);
        }

        @Override
        public void invalidateDevicePage(int pasid, long iova) {
            long low = pasid & 0xFF;
            long middle = pasid >>> 8 & 0xFF;
            long queue = (long) AmdViUnderTest.DEVICE << 32;
            send(4L << 60 | low << 48 | queue | 32 << 24 | middle << 16 | device(), iova | GUEST);
        }

        private static long pages(int pasid) {
            return 3L << 60 | (long) AmdViUnderTest.DOMAIN << 32 | pasid;
        }

        private static long device() {
            return AmdViUnderTest.DEVICE;
        }

        /** Sends a command and a completion wait; no time passes. */
        private void send(long q0, long q1) {
            unit.place(q0, q1);
            unit.place(1L << 60 | AmdViUnderTest.STORE | 1, ++waits);
            unit.ring();
        }

        @Override
        public boolean complete() {
            return unit.load(AmdViUnderTest.STORE) == waits;
        }

        /** Unless software asks for it. */
        @Override
        public boolean answersOverflow() {
            return false;
        }

        @Override
        public List<Invalidation> invalidations(int pasid, long iova) {
            Set<Reach> page = Set.of(Reach.PAGE);
            Set<Reach> space = Set.of(Reach.PAGE, Reach.NEXT_PAGE, Reach.CONFIGURATION);
            // Guest root tables lie at addresses that host tables translate.
            Set<Reach> roots = Set.of(Reach.CONFIGURATION);
            long domain = 1L << 32;
            return List.of(
                    invalidation("page", pages(pasid), iova | GUEST, page),
                    invalidation("page and tables", pages(pasid), iova | GUEST | TABLES, page),
                    invalidation("PASID", pages(pasid), EVERYTHING | GUEST | TABLES, space),
                    invalidation("other PASID", pages(pasid + 7), iova | GUEST, Set.of()),
                    invalidation("other domain", pages(pasid) + domain, iova | GUEST, Set.of()),
                    invalidation("host page", pages(0), iova, roots));
        }

        private Invalidation invalidation(String name, long q0, long q1, Set<Reach> reaches) {
            return new Invalidation(name, () -> send(q0, q1), reaches);
        }

        @Override
        public List<LiveChange> liveChanges(int pasid, long iova, long output) {
            return new AmdViLiveChanges(unit, pasid, iova, output).all(() -> forget(pasid));
        }

        /** Everything that a change of a device or a guest root needs. */
        private void forget(int pasid) {
            unit.place(2L << 60 | device(), 0);
            invalidateTranslations(pasid);
        }

        @Override
        public int pageRequests() {
            return unit.pageRequests();
        }

        @Override
        public void recoverPageRequests() {
            unit.control(AmdViUnderTest.ON & ~(1 << 13));
            unit.register(
                    RegisterOffset.STATUS,
                    StatusBit.PPR_OVERFLOW.mask() | StatusBit.PPR_INT.mask());
            unit.register(RegisterOffset.PPR_HEAD, 0);
            unit.register(RegisterOffset.PPR_TAIL, 0);
            unit.on();
        }

        @Override
        public void respond(int pasid, int group) {
            send(7L << 60 | (long) pasid << 32 | device(), (long) group << 32 | GUEST);
        }
    }
}
