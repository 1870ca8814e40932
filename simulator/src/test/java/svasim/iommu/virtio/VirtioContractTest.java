package svasim.iommu.virtio;

import java.util.List;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.LiveChange;
import svasim.iommu.core.MappingUnit;
import svasim.iommu.core.TranslationContract;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/** A virtio-iommu keeps the contract of all units. */
class VirtioContractTest extends TranslationContract {
    @Override
    protected MappingUnit create() {
        return new Attached();
    }

    /** Each address space is a domain with one endpoint; UNMAP and DETACH invalidate. */
    private static final class Attached implements MappingUnit {
        private static final int ENDPOINTS = 0x100;
        private static final long LAST = -1L;

        private final VirtioUnderTest unit = VirtioUnderTest.started();

        @Override
        public UnitBench bench() {
            return unit.bench;
        }

        @Override
        public Iommu iommu() {
            return unit.device;
        }

        @Override
        public int requesterId(int space) {
            return ENDPOINTS + space;
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
            unit.request(VirtioUnderTest.attach(space, requesterId(space), 0));
        }

        @Override
        public void unbind(int space) {}

        @Override
        public void map(int space, long iova, long output, int access) {
            unit.request(VirtioUnderTest.map(space, iova, iova + 0xFFF, output, access));
        }

        @Override
        public void unmap(int space, long iova) {}

        @Override
        public void invalidatePage(int space, long iova) {
            unit.send(VirtioUnderTest.unmap(space, iova, iova + 0xFFF), 4);
        }

        @Override
        public void invalidateTranslations(int space) {
            unit.send(VirtioUnderTest.unmap(space, 0, LAST), 4);
        }

        @Override
        public void invalidatePasid(int space) {
            unit.send(VirtioUnderTest.detach(space, requesterId(space)), 4);
        }

        /** The endpoint moves to a domain with other mappings: one request, and no store before. */
        @Override
        public List<LiveChange> liveChanges(int space, long iova, long output) {
            int other = space + 0x100;
            unit.request(VirtioUnderTest.attach(other, ENDPOINTS + other, 0));
            map(other, iova, output, Access.READ | Access.WRITE);
            return List.of(
                    new LiveChange(
                            "other domain",
                            List.of(() -> {}),
                            () ->
                                    unit.send(
                                            VirtioUnderTest.attach(other, requesterId(space), 0),
                                            4)));
        }

        @Override
        public boolean complete() {
            return unit.returned(VirtioUnderTest.REQUESTS) == (unit.sent() & 0xFFFF);
        }
    }
}
