package svasim.pcie.link;

import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TlpSize;

/** The six pools of one direction, as one of its ends counts them. */
final class Credits {
    private final CreditCounter[] headers = new CreditCounter[FlowQueues.FLOWS];
    private final CreditCounter[] data = new CreditCounter[FlowQueues.FLOWS];

    Credits(CreditConfig config) {
        for (int flow = 0; flow < FlowQueues.FLOWS; flow++) {
            headers[flow] = header(config, flow);
            data[flow] =
                    new CreditCounter(config.data(flow), CreditCounter.DATA_BITS, config.scale());
        }
    }

    private static CreditCounter header(CreditConfig config, int flow) {
        int credits = config.headers(flow);
        return new CreditCounter(credits, CreditCounter.HEADER_BITS, config.scale());
    }

    /** The link has come up again: all buffers are empty. */
    void reset() {
        for (int flow = 0; flow < FlowQueues.FLOWS; flow++) {
            headers[flow].reset();
            data[flow].reset();
        }
    }

    boolean cover(int flow, Tlp tlp) {
        return headers[flow].covers(1) && data[flow].covers(TlpSize.dataCredits(tlp));
    }

    void consume(int flow, Tlp tlp) {
        headers[flow].consume(1);
        data[flow].consume(TlpSize.dataCredits(tlp));
    }

    /**
     * The receiver has taken a packet out of its buffer.
     *
     * @return whether there is something to tell the sender
     */
    boolean free(int flow, Tlp tlp) {
        headers[flow].free(1);
        data[flow].free(TlpSize.dataCredits(tlp));
        return !headers[flow].isInfinite() || !data[flow].isInfinite();
    }

    int advertisedHeaders(int flow) {
        return headers[flow].advertised();
    }

    int advertisedData(int flow) {
        return data[flow].advertised();
    }

    void advertise(int flow, int headerField, int dataField) {
        headers[flow].advertise(headerField);
        data[flow].advertise(dataField);
    }

    /** Header credits of a flow class that are not in use. */
    int availableHeaders(int flow) {
        return headers[flow].available();
    }

    /** Data credits of a flow class that are not in use. */
    int availableData(int flow) {
        return data[flow].available();
    }
}
