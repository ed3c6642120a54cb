package io.farebox.settlement.http;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Makes the HTTP client of one facilitator: pooled, and with everything off that acts on its own. */
final class PooledClient {
    /** A connection that lay idle for longer is looked at (about a millisecond) before it is used. */
    static final Duration TRUSTED_IDLE = Duration.ofMillis(100);

    private PooledClient() {}

    static CloseableHttpClient make(FacilitatorSettings settings, Duration trustedIdle) {
        Timeout connect = Timeout.of(settings.connectTimeout());
        return HttpClientBuilder.create()
                .setConnectionManager(connections(settings, connect, trustedIdle))
                .setRequestExecutor(new SendingMark())
                .setKeepAliveStrategy(new KeepAlive())
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(Timeout.of(settings.settleTimeout()))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("farebox")
                .evictExpiredConnections()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableConnectionState()
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(
            FacilitatorSettings settings, Timeout connect, Duration trustedIdle) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(settings.maxConcurrent())
                .setMaxConnPerRoute(settings.maxConcurrent())
                .setConnPoolPolicy(PoolReusePolicy.LIFO)
                .setDnsResolver(new BoundedDns(settings.connectTimeout()))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(bounds())
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(Timeout.of(settings.settleTimeout()))
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(trustedIdle.toMillis()))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
    }

    private static Http1Config bounds() {
        return Http1Config.custom()
                .setMaxHeaderCount(100)
                .setMaxLineLength(8 * 1024)
                .setMaxEmptyLineCount(4)
                .build();
    }
}
