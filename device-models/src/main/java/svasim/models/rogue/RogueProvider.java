package svasim.models.rogue;

import java.util.Map;
import java.util.Set;
import svasim.device.DeviceDriver;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.DeviceModelProvider;
import svasim.device.DriverHost;
import svasim.device.FunctionProfile;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.units.ByteSize;

/** Offers the model {@code rogue}. */
public final class RogueProvider implements DeviceModelProvider<RogueConfig, RogueWork> {
    private static final int BAR_BYTES = 4096;

    @Override
    public String model() {
        return "rogue";
    }

    @Override
    public String summary() {
        return "malicious or broken function that sends what no function may send";
    }

    @Override
    public Class<RogueConfig> configType() {
        return RogueConfig.class;
    }

    @Override
    public RogueConfig defaults() {
        return new RogueConfig();
    }

    @Override
    public Class<RogueWork> workType() {
        return RogueWork.class;
    }

    @Override
    public Set<String> bufferKeys() {
        return Set.of("buffer");
    }

    /** It shows every capability, and leaves tags for what goes past its DMA engine. */
    @Override
    public FunctionProfile profile(RogueConfig config) {
        EndpointConfig.Limits dma = EndpointConfig.Limits.ofTags(RawPort.FIRST_TAG);
        return new FunctionProfile(
                Map.of(0, new ByteSize(BAR_BYTES)),
                new EndpointConfig(null, null, null, dma, null));
    }

    @Override
    public DeviceModel create(RogueConfig config, DeviceHost host) {
        return new RogueDevice(config, host);
    }

    @Override
    public DeviceDriver driver(RogueConfig config, DriverHost host) {
        return new RogueDriver(host);
    }
}
