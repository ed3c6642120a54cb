-- The book of payments: one row per payment identity. Written for H2 and PostgreSQL alike.
-- Instants are milliseconds since 1970. Amounts are atomic units of up to 256 bits.
create table farebox_payment (
    payment_key    varchar(500)   not null,
    payment_id     varchar(36)    not null,
    fence          bigint         not null,
    -- grows with every write: two writers never overwrite each other
    version        bigint         not null,
    state          varchar(16)    not null,
    delivery       varchar(16)    not null,
    payer          varchar(200)   not null,
    network        varchar(41)    not null,
    asset          varchar(200)   not null,
    amount         decimal(78, 0) not null,
    pay_to         varchar(200)   not null,
    route_id       varchar(200)   not null,
    price_version  varchar(200)   not null,
    request_digest varchar(200)   not null,
    body_digest    varchar(200),
    valid_before   bigint         not null,
    facilitator    varchar(200),
    payload        varchar,
    receipt_payer  varchar(200),
    receipt_tx     varchar(500),
    -- the transaction as it is compared: lower case on EVM chains
    tx_key         varchar(500),
    releases       integer        not null,
    reason         varchar(200),
    owner          varchar(200)   not null,
    lease_until    bigint         not null,
    -- when somebody must look at the row if nothing happens before: its lease, or the end of what is owed; null at rest
    wakes_at       bigint,
    settling_since bigint,
    settled_at     bigint,
    owed_until     bigint,
    -- key of the payment whose request fetched what was owed
    run_key        varchar(500),
    created_at     bigint         not null,
    updated_at     bigint         not null,
    constraint farebox_payment_pk primary key (payment_key)
);

-- what is open for a payer: doubts and owed runs
create index farebox_payment_open on farebox_payment (payer, wakes_at);
-- what must be taken over or has lapsed
create index farebox_payment_wakes on farebox_payment (wakes_at);
create index farebox_payment_tx on farebox_payment (tx_key, network);
create index farebox_payment_run on farebox_payment (run_key);
