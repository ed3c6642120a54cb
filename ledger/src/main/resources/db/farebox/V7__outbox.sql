-- What our own facilitator has taken on and sent; see Outbox. Empty where there is none.
create table farebox_sender (
    network     varchar(64)  not null,
    account     varchar(42)  not null,
    owner       varchar(200) not null,
    lease_until bigint       not null,
    fence       bigint       not null,
    -- null before anything was sent
    next_nonce  bigint,
    trouble     varchar(64),
    constraint farebox_sender_pk primary key (network, account)
);

create table farebox_order (
    order_key  varchar(300) not null,
    network    varchar(64)  not null,
    account    varchar(42)  not null,
    digest     varchar(66)  not null,
    -- null once it has ended
    payload    text,
    state      varchar(16)  not null,
    nonce      bigint,
    tx         varchar(66),
    reason     varchar(100),
    queued_at  bigint       not null,
    updated_at bigint       not null,
    keep_until bigint       not null,
    constraint farebox_order_pk primary key (order_key)
);

create index farebox_order_state on farebox_order (network, account, state, queued_at);
create index farebox_order_nonce on farebox_order (network, account, nonce);
create index farebox_order_keep on farebox_order (keep_until);

create table farebox_dispatch (
    network   varchar(64)    not null,
    account   varchar(42)    not null,
    nonce     bigint         not null,
    attempt   integer        not null,
    -- signed; null once it is closed
    raw       text,
    hash      varchar(66)    not null,
    max_fee   numeric(78, 0) not null,
    tip       numeric(78, 0) not null,
    -- what it cost, or while it is open what it can cost
    cost      numeric(78, 0) not null,
    stored_at bigint         not null,
    is_open   boolean        not null,
    constraint farebox_dispatch_pk primary key (network, account, nonce, attempt)
);

create index farebox_dispatch_open on farebox_dispatch (network, account, is_open);
create index farebox_dispatch_stored on farebox_dispatch (network, account, stored_at);
