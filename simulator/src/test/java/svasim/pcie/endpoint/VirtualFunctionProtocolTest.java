package svasim.pcie.endpoint;

/** The protocol on a virtual function, with the PASID and PRI of its physical function. */
class VirtualFunctionProtocolTest implements AtsPriContract {
    @Override
    public EndpointRig rig(EndpointConfig config) {
        return EndpointRig.virtual(config);
    }
}
