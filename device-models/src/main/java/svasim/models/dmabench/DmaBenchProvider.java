package svasim.models.dmabench;

import java.util.Map;
import java.util.Set;
import svasim.device.DeviceDriver;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.DeviceModelProvider;
import svasim.device.DriverHost;
import svasim.device.FunctionProfile;
import svasim.os.iommu.FeatureSubset;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.units.ByteSize;

/** Offers the model {@code dma-bench}. */
public final class DmaBenchProvider implements DeviceModelProvider<DmaBenchConfig, DmaBenchWork> {
    @Override
    public String model() {
        return "dma-bench";
    }

    @Override
    public String summary() {
        return "card that measures random reads or writes through PCI Express, as pcie-bench does";
    }

    @Override
    public DmaBenchConfig defaults() {
        return new DmaBenchConfig();
    }

    @Override
    public Class<DmaBenchConfig> configType() {
        return DmaBenchConfig.class;
    }

    @Override
    public Class<DmaBenchWork> workType() {
        return DmaBenchWork.class;
    }

    /** The measured card has no PASID, ATS or PRI; with a process's addresses it needs them. */
    @Override
    public Set<String> bufferKeys() {
        return Set.of("buffer");
    }

    @Override
    public FunctionProfile profile(DmaBenchConfig config) {
        FeatureSubset subset = config.addressing().subset();
        boolean sva = subset.sharesPageTables() || subset.takesPageFaults();
        EndpointConfig endpoint =
                new EndpointConfig(
                        new EndpointConfig.Pasid(subset.usesPasid(), null, null, null),
                        EndpointConfig.Ats.present(sva),
                        EndpointConfig.Pri.present(subset.takesPageFaults()),
                        null,
                        null);
        return new FunctionProfile(
                Map.of(CardRegister.BAR, new ByteSize(CardRegister.BAR_BYTES)), endpoint);
    }

    @Override
    public DeviceModel create(DmaBenchConfig config, DeviceHost host) {
        return new DmaBenchDevice(config, host);
    }

    @Override
    public DeviceDriver driver(DmaBenchConfig config, DriverHost host) {
        return new DmaBenchDriver(config, host);
    }
}
