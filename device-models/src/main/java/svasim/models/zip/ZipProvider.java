package svasim.models.zip;

import java.util.Map;
import java.util.Set;
import svasim.device.DeviceDriver;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.DeviceModelProvider;
import svasim.device.DriverHost;
import svasim.device.FunctionProfile;
import svasim.models.zip.config.ZipConfig;
import svasim.models.zip.config.ZipWork;
import svasim.models.zip.device.ZipDevice;
import svasim.models.zip.layout.Registers;
import svasim.models.zip.uacce.ZipDriver;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.units.ByteSize;

/** Offers the model {@code zip}. */
public final class ZipProvider implements DeviceModelProvider<ZipConfig, ZipWork> {
    /** Field of the queues' contexts. */
    private static final int PASID_WIDTH = 16;

    private static final int ACCESSES = 256;

    @Override
    public String model() {
        return "zip";
    }

    @Override
    public String summary() {
        return "compression engine behind uacce, which an SMMU has to stall";
    }

    @Override
    public ZipConfig defaults() {
        return new ZipConfig();
    }

    @Override
    public Class<ZipConfig> configType() {
        return ZipConfig.class;
    }

    @Override
    public Class<ZipWork> workType() {
        return ZipWork.class;
    }

    @Override
    public Set<String> bufferKeys() {
        return Set.of("from", "into");
    }

    /** PASIDs, but neither ATS nor page requests. */
    @Override
    public FunctionProfile profile(ZipConfig config) {
        EndpointConfig endpoint =
                new EndpointConfig(
                        new EndpointConfig.Pasid(true, PASID_WIDTH, null, null),
                        EndpointConfig.Ats.present(false),
                        EndpointConfig.Pri.present(false),
                        EndpointConfig.Limits.ofRequests(ACCESSES),
                        null);
        return new FunctionProfile(
                Map.of(Registers.BAR, new ByteSize(Registers.BAR_BYTES)), endpoint);
    }

    @Override
    public DeviceModel create(ZipConfig config, DeviceHost host) {
        return new ZipDevice(config, host);
    }

    @Override
    public DeviceDriver driver(ZipConfig config, DriverHost host) {
        return new ZipDriver(config, host);
    }
}
