package svasim.pcie.endpoint;

import java.util.List;
import svasim.pcie.tlp.Tlp;

/** Makes the functions that a contract is about, on a link to a translation agent. */
interface FunctionUnderTest {
    /** A function that is powered on and has nothing enabled. */
    EndpointRig rig(EndpointConfig config);

    /** Everything enabled, and a page mapped. */
    default EndpointRig ready() {
        return ready(new EndpointConfig());
    }

    default EndpointRig ready(EndpointConfig config) {
        return rig(config).enabled().mapped();
    }

    /** All defaults but for the cache. */
    static EndpointConfig with(AtcConfig atc) {
        return new EndpointConfig(null, null, null, null, atc);
    }

    /** All defaults but for PRI. */
    static EndpointConfig with(EndpointConfig.Pri pri) {
        return new EndpointConfig(null, null, pri, null, null);
    }

    /** All defaults but for ATS. */
    static EndpointConfig with(EndpointConfig.Ats ats) {
        return new EndpointConfig(null, ats, null, null, null);
    }

    /** A cache that asks for so many pages ahead. */
    static AtcConfig ahead(int pages) {
        return new AtcConfig(null, null, null, null, null, pages, null);
    }

    /** The newest packet of a kind that was sent. */
    static <T extends Tlp> T last(EndpointRig rig, Class<T> kind) {
        List<T> all = rig.sent(kind);
        return all.get(all.size() - 1);
    }
}
