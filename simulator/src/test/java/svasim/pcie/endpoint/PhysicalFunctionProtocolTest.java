package svasim.pcie.endpoint;

/** The protocol on a physical function. */
class PhysicalFunctionProtocolTest implements AtsPriContract {
    @Override
    public EndpointRig rig(EndpointConfig config) {
        return new EndpointRig(config);
    }
}
