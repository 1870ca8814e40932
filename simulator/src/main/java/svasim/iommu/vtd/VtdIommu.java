package svasim.iommu.vtd;

import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.DownstreamPort;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.Surroundings;
import svasim.pcie.fabric.TlpSink;
import svasim.pcie.tlp.Tlp;

/** One VT-d remapping unit: registers towards software, a translation agent towards the fabric. */
public final class VtdIommu implements Iommu {
    private final Surroundings surroundings;
    private final DownstreamPort port;

    public VtdIommu(VtdConfig config, Surroundings surroundings) {
        this.surroundings = surroundings;
        this.port = new DownstreamPort(surroundings.kernel());
    }

    @Override
    public String name() {
        return surroundings.name();
    }

    @Override
    public long readRegister(long offset, int bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeRegister(long offset, int bytes, long value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Explanation explain(int requesterId, int pasid, long iova, int access) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long rootOf(int requesterId, int pasid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void visitTranslations(CachedTranslationVisitor visitor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String waitingFor() {
        return "";
    }

    @Override
    public void connect(TlpSink downstream, int agentId) {
        port.connect(downstream, agentId);
    }

    @Override
    public void translate(Tlp.MemoryRequest request, long nowPs, long token, Reply reply) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void receive(Tlp tlp, long nowPs) {
        throw new UnsupportedOperationException();
    }
}
