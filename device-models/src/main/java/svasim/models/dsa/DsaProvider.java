package svasim.models.dsa;

import java.util.Map;
import java.util.Set;
import svasim.device.DeviceDriver;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.DeviceModelProvider;
import svasim.device.DriverHost;
import svasim.device.FunctionProfile;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.config.DsaWork;
import svasim.models.dsa.device.DsaDevice;
import svasim.models.dsa.idxd.DsaDriver;
import svasim.models.dsa.layout.PciConfiguration;
import svasim.models.dsa.layout.Register;
import svasim.pcie.endpoint.AtcConfig;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.units.ByteSize;

/** Offers the model {@code dsa}. */
public final class DsaProvider implements DeviceModelProvider<DsaConfig, DsaWork> {
    /** Translations that an engine keeps: one for each operand and one for the record. */
    private static final int TRANSLATIONS = 4;

    @Override
    public String model() {
        return "dsa";
    }

    @Override
    public String summary() {
        return "Intel Data Streaming Accelerator: moves, fills and checks memory of processes";
    }

    @Override
    public DsaConfig defaults() {
        return new DsaConfig();
    }

    @Override
    public Class<DsaConfig> configType() {
        return DsaConfig.class;
    }

    @Override
    public Class<DsaWork> workType() {
        return DsaWork.class;
    }

    @Override
    public Set<String> bufferKeys() {
        return Set.of("from", "into", "second", "record", "seedFrom");
    }

    @Override
    public DsaConfig composed(DsaConfig config, String part) {
        return config.composedOf(part);
    }

    @Override
    public FunctionProfile profile(DsaConfig config) {
        int sets = Integer.highestOneBit(2 * config.engines() - 1);
        AtcConfig atc =
                new AtcConfig(sets, TRANSLATIONS, AtcConfig.Index.STREAM, null, null, null, null);
        long portals = (long) DsaConfig.QUEUES * Register.PORTAL_PAGES * Register.PORTAL_BYTES;
        return new FunctionProfile(
                Map.of(
                        Register.REGISTERS,
                        new ByteSize(Register.BAR0_BYTES),
                        Register.PORTALS,
                        new ByteSize(Long.highestOneBit(2 * portals - 1))),
                new EndpointConfig(null, null, null, null, atc),
                PciConfiguration.image());
    }

    @Override
    public DeviceModel create(DsaConfig config, DeviceHost host) {
        return new DsaDevice(config, host);
    }

    @Override
    public DeviceDriver driver(DsaConfig config, DriverHost host) {
        return new DsaDriver(config, host);
    }
}
