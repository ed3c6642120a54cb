-- Charged payments that the chain may still take back, see io.farebox.gate.Watchlist. A row goes once its block is final; empty where
-- no chain is asked.
create table farebox_watched (
    payment_key varchar(500) not null,
    network     varchar(41)  not null,
    look_at     bigint       not null
);

create index farebox_watched_look on farebox_watched (network, look_at);
create index farebox_watched_key on farebox_watched (payment_key);
