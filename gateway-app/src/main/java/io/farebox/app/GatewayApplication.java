package io.farebox.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The gateway. */
@SpringBootApplication
class GatewayApplication {}
