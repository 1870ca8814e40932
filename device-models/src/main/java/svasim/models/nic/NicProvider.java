package svasim.models.nic;

import java.util.Map;
import java.util.Set;
import svasim.device.DeviceDriver;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.DeviceModelProvider;
import svasim.device.DriverHost;
import svasim.device.FunctionProfile;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.config.NicWork;
import svasim.models.nic.device.NicDevice;
import svasim.models.nic.driver.NicDriver;
import svasim.models.nic.layout.Registers;
import svasim.models.nic.rdma.card.RdmaCard;
import svasim.models.nic.rdma.verbs.RdmaDriver;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.units.ByteSize;

/** Offers the model {@code nic}. */
public final class NicProvider implements DeviceModelProvider<NicConfig, NicWork> {
    private static final int ACCESSES = 256;

    @Override
    public String model() {
        return "nic";
    }

    @Override
    public String summary() {
        return "network card with rings of mapped packets, or messages between memory of processes on demand";
    }

    @Override
    public NicConfig defaults() {
        return new NicConfig();
    }

    @Override
    public Class<NicConfig> configType() {
        return NicConfig.class;
    }

    @Override
    public Class<NicWork> workType() {
        return NicWork.class;
    }

    @Override
    public Set<String> bufferKeys() {
        return Set.of("from", "into");
    }

    /** Neither PASIDs nor page requests; ATS alone, if wanted. */
    @Override
    public FunctionProfile profile(NicConfig config) {
        EndpointConfig endpoint =
                new EndpointConfig(
                        new EndpointConfig.Pasid(false, null, null, null),
                        EndpointConfig.Ats.present(config.ats()),
                        EndpointConfig.Pri.present(false),
                        EndpointConfig.Limits.ofRequests(ACCESSES),
                        null);
        return new FunctionProfile(
                Map.of(Registers.BAR, new ByteSize(Registers.BAR_BYTES)), endpoint);
    }

    @Override
    public DeviceModel create(NicConfig config, DeviceHost host) {
        return config.onDemand() == null ? new NicDevice(config, host) : new RdmaCard(config, host);
    }

    @Override
    public DeviceDriver driver(NicConfig config, DriverHost host) {
        return config.onDemand() == null
                ? new NicDriver(config, host)
                : new RdmaDriver(config, host);
    }
}
