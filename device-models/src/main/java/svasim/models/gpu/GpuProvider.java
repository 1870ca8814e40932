package svasim.models.gpu;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import svasim.device.DeviceDriver;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.DeviceModelProvider;
import svasim.device.DriverHost;
import svasim.device.FunctionProfile;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.config.GpuWork;
import svasim.models.gpu.device.GpuDevice;
import svasim.models.gpu.driver.GpuDriver;
import svasim.models.gpu.layout.LocalRegister;
import svasim.models.gpu.layout.Register;
import svasim.models.gpu.local.MemoryPort;
import svasim.pcie.endpoint.AtcConfig;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Offers the model {@code gpu}. */
public final class GpuProvider implements DeviceModelProvider<GpuConfig, GpuWork> {

    @Override
    public String model() {
        return "gpu";
    }

    @Override
    public String summary() {
        return "GPU: wavefronts, two levels of translation caches, queues in process memory";
    }

    @Override
    public GpuConfig defaults() {
        return new GpuConfig();
    }

    @Override
    public Class<GpuConfig> configType() {
        return GpuConfig.class;
    }

    @Override
    public Class<GpuWork> workType() {
        return GpuWork.class;
    }

    @Override
    public Set<String> bufferKeys() {
        return Set.of("from", "into", "index");
    }

    /**
     * A cache for each compute unit and one for the command processor, before the shared one. A GPU
     * whose wavefronts retry makes no page requests.
     */
    @Override
    public FunctionProfile profile(GpuConfig config) {
        AtcConfig atc =
                new AtcConfig(
                        config.sharedTlbSets(),
                        GpuConfig.SHARED_TLB_WAYS,
                        AtcConfig.Index.PAGE,
                        new Picoseconds(GpuConfig.SHARED_TLB_CYCLES * config.cycle().value()),
                        null,
                        null,
                        new AtcConfig.FirstLevel(
                                config.computeUnits() + 1, config.unitTlb(), config.cycle()));
        int copies = config.local() == null ? 0 : config.local().copies();
        boolean stalls = config.faults() == GpuConfig.Faults.STALL;
        EndpointConfig endpoint =
                new EndpointConfig(
                        null,
                        null,
                        EndpointConfig.Pri.present(stalls),
                        EndpointConfig.Limits.ofRequests(MemoryPort.LINK_ACCESSES + copies),
                        atc);
        Map<Integer, ByteSize> bars = new TreeMap<>();
        bars.put(Register.BAR, new ByteSize(Register.BAR_BYTES));
        bars.put(Register.DOORBELLS, new ByteSize(Register.DOORBELL_BYTES));
        if (config.local() != null) {
            bars.put(LocalRegister.BAR, config.local().size());
        }
        return new FunctionProfile(bars, endpoint);
    }

    @Override
    public DeviceModel create(GpuConfig config, DeviceHost host) {
        return new GpuDevice(config, host);
    }

    @Override
    public DeviceDriver driver(GpuConfig config, DriverHost host) {
        return new GpuDriver(config, host);
    }
}
