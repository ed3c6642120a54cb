-- What payers have paid ahead by transfers of their own; see io.farebox.gate.Balances. A balance is the sum of its deposits less
-- the sum of its debits. Deposits are never deleted: a transfer counts once for ever.
create table farebox_deposit (
    network     varchar(41)    not null,
    -- canonical: lower case on EVM chains
    tx          varchar(100)   not null,
    log_index   bigint         not null,
    payer       varchar(200)   not null,
    asset       varchar(200)   not null,
    pay_to      varchar(200)   not null,
    amount      decimal(78, 0) not null,
    credited_at bigint         not null,
    constraint farebox_deposit_pk primary key (network, tx, log_index),
    constraint farebox_deposit_amount check (amount > 0)
);

create index farebox_deposit_payer on farebox_deposit (payer);

create table farebox_balance (
    payer      varchar(200)   not null,
    network    varchar(41)    not null,
    asset      varchar(200)   not null,
    pay_to     varchar(200)   not null,
    amount     decimal(78, 0) not null,
    updated_at bigint         not null,
    constraint farebox_balance_pk primary key (payer, network, asset, pay_to),
    constraint farebox_balance_amount check (amount >= 0)
);

create table farebox_debit (
    -- SHA-256 of the payment's identity in hexadecimal: nothing of the payer
    debit_key varchar(64) not null,
    made_at   bigint      not null,
    -- null for one that was not made in time and never will be
    amount    decimal(78, 0),
    constraint farebox_debit_pk primary key (debit_key)
);
