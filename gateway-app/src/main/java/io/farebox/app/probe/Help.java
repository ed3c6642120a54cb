package io.farebox.app.probe;

/** What {@code farebox probe --help} says. */
final class Help {
    static final String TEXT = """
            farebox probe URL [options]

            Tries your own deployment with thousands of odd requests, none of which pays, and reports every priced
            route that was served all the same and every plain URL that was refused. Only the hosts that you name are
            contacted. No redirect is followed.

              --config FILE        the price list; else FAREBOX_CONFIG, else ./farebox.yaml
              --path PATH          an example of a priced path that exists, such as /protocols/aave/risk-score;
                                   without a price list: what is priced (by GET). Repeat it for more.
              --free PATH          a path that costs nothing. Repeat it for more.
              --upstream URL       the server behind the gateway. It gets the same requests, and so tells what a
                                   priced answer looks like. Without it, findings can only be called suspicious.
              --marker TEXT        a text that paid answers hold and free ones do not. Repeat it for more.
              --must-refuse URL    an address that must not take connections from here. Repeat it for more.
              --header 'N: V'      sent with every request, to the upstream too. Repeat it for more.
              --unsafe-methods     send POST, PUT, PATCH, DELETE and their kin too. Where a priced route can be reached
                                   unpaid, and on the upstream, such requests are carried out: use it on a copy.
              --targets N          how many requests (8000)
              --seed N             of what is random among them (402)
              --rate N             the most requests a second to each host (100)
              --timeout TIME       of one request (10s)
              --max-time TIME      of the whole run (30m)
              --json FILE          write the report there as JSON, too
              --mine               the hosts are yours, though neither near nor named in the price list

            Exit code: 0 nothing found; 1 something found; 2 wrong usage, no connection, or not all was tried.""";

    private Help() {}
}
